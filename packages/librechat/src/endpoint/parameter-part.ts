import { replaysThinking } from "../librechat-names.ts";
import type { Definition } from "@llm-provider/core";
import type { CustomParams, LibreChatEndpoint } from "../librechat-endpoint.ts";
import { targets, type Target } from "../target.ts";
import { dropSpellings } from "./drop-spellings.ts";
import { explainer, type Part } from "./explained-line.ts";
import { librechatPages } from "./librechat-pages.ts";
import { offeredModels } from "./offered-models.ts";
import { refusalOf } from "./refused-parameters.ts";
import { refusedParameters } from "./refused-parameters.ts";

/** The settings that keep LibreChat's request acceptable to the endpoint, and its answers readable. */
export function parameterPart(definition: Definition, endpoint: LibreChatEndpoint, target: Target): Part {
  const { name } = definition;
  const known = definition.librechat;
  const settings = definition.dialect.settings;
  const line = explainer(definition);
  const lines = [];
  const keys: Partial<LibreChatEndpoint> = {};

  const isUsageAsked = (known?.usage ?? settings?.usage) === "asked";
  const isUsageTaken = !refusalOf(definition, "stream_options", {
    model: definition.smallModel,
    messages: [],
    stream: true,
    stream_options: { include_usage: true },
  });
  if (isUsageAsked && isUsageTaken) {
    keys.addParams = { streamUsage: true };
    lines.push(
      line(
        ["addParams", "streamUsage"],
        "Asks for the token counts of a stream; LibreChat does not, and then estimates. stream_options here has no effect.",
        librechatPages.usage,
      ),
    );
  }
  const models = offeredModels(definition);
  const dropParams: string[] = [];
  for (const refused of refusedParameters(definition, { ...endpoint, ...keys }, models, target)) {
    const whom = refused.models.length === models.length ? "" : ` for ${refused.models.join(", ")}`;
    const [wireName, ...others] = dropSpellings(refused.name);
    lines.push(
      line(
        ["dropParams", dropParams.length],
        `${name} answers ${refused.status} to ${wireName}${refused.only === undefined ? "" : ` other than ${refused.only}`}${whom}.`,
        refused.source,
      ),
    );
    dropParams.push(wireName!);
    for (const other of others) {
      lines.push(
        line(
          ["dropParams", dropParams.length],
          `This spelling works: LibreChat renames ${wireName} before it drops.`,
          librechatPages.request,
        ),
      );
      dropParams.push(other);
    }
  }
  if (!known?.webSearch) {
    lines.push(
      line(
        ["dropParams", dropParams.length],
        `LibreChat's web-search switch would send the request to /responses, with one of OpenAI's own tools.`,
        librechatPages.webSearch,
      ),
    );
    dropParams.push("web_search");
  }
  if (known?.responses === "missing") {
    lines.push(
      line(
        ["dropParams", dropParams.length],
        `${name} has no /responses, but LibreChat's switch "Use Responses API" would send the request there.`,
        known.source,
      ),
    );
    dropParams.push("useResponsesApi");
  }
  if (dropParams.length > 0) keys.dropParams = dropParams;

  const customParams: CustomParams = {};
  const replaysItself = models.every(replaysThinking);
  if (settings && settings.history !== "omit" && settings.reasoning === "reasoning_content" && !replaysItself) {
    customParams.includeReasoningHistory = true;
    lines.push(
      line(
        ["customParams", "includeReasoningHistory"],
        `${name} wants the thinking of earlier turns; LibreChat sends it by itself only for ids that begin with deepseek.`,
        librechatPages.history,
      ),
    );
  }
  if (Object.keys(customParams).length > 0) keys.customParams = customParams;

  keys.streamRate = targets[target].unpacedStreamRate;
  lines.push(
    line(["streamRate"], describeRate(target), target === "0.8.7" ? librechatPages.initialize : librechatPages.engine),
  );
  return { keys, lines };
}

function describeRate(target: Target): string {
  return target === "0.8.7"
    ? "The smallest rate that v0.8.7 reads: with engine 3.9, 1,000 pieces take 1.4 s instead of 26 s (measured)."
    : "No pacing: by default, the engine limits a stream to one piece every 25 ms, which is 26 s for 1,000 instead of 0.3 s (measured).";
}
