import { builtInEndpoints } from "../../librechat-names.ts";
import { asRecord } from "../as-record.ts";
import type { Path } from "../../config/config-path.ts";
import type { Finding, Rule, Subject } from "../rule.ts";

const builtIn = new Set(builtInEndpoints.filter((name) => !/assistants/i.test(name)));

export const titleSetting: Rule = {
  id: "title-setting",
  severity: "warning",
  why: "The prompt for a title is a template: without {convo} the model never sees the conversation and invents a title (https://github.com/danny-avila/LibreChat/issues/7766).",
  *check(subject) {
    for (const [path, value] of settings(subject)) yield* check(subject, path, value);
  },
};

/** Every part of the file that may configure titles. */
function* settings({ config, endpoints }: Subject): Generator<[Path, { readonly [key: string]: unknown }]> {
  for (const { path, value } of endpoints) yield [path, value];
  for (const [key, value] of Object.entries(asRecord(config["endpoints"]))) {
    if (key !== "custom") yield [["endpoints", key], asRecord(value)];
  }
}

function* check({ endpoints }: Subject, path: Path, value: { readonly [key: string]: unknown }): Generator<Finding> {
  const { titlePrompt, titlePromptTemplate, titleEndpoint } = value;
  if (typeof titlePrompt === "string" && !titlePrompt.includes("{convo}")) {
    yield {
      at: { key: [...path, "titlePrompt"] },
      message: "`titlePrompt` has no {convo}, so the model does not see the conversation.",
      fix: "Put {convo} where the conversation belongs.",
    };
  }
  if (typeof titlePromptTemplate === "string") {
    const missing = ["{input}", "{output}"].filter((name) => !titlePromptTemplate.includes(name));
    if (missing.length > 0) {
      yield {
        at: { key: [...path, "titlePromptTemplate"] },
        message: `\`titlePromptTemplate\` has no ${missing.join(" and no ")}.`,
        fix: "It is the text of the conversation: User: {input}, AI: {output}.",
        why: "LibreChat fills in the user's words and the answer there (read in @librechat/agents 3.9.2, run.ts).",
      };
    }
  }
  if (
    typeof titleEndpoint === "string" &&
    !builtIn.has(titleEndpoint) &&
    !endpoints.some(({ name }) => name === titleEndpoint)
  ) {
    const near = endpoints.find(({ name }) => name?.toLowerCase() === titleEndpoint.toLowerCase())?.name;
    yield {
      at: { value: [...path, "titleEndpoint"] },
      message: `\`titleEndpoint\` names "${titleEndpoint}", which is not an endpoint of this file.`,
      fix: near
        ? `Write "${near}": LibreChat distinguishes upper and lower case.`
        : "Write the exact name of an endpoint of this file.",
      why: "LibreChat logs a warning and makes the title with the conversation's own endpoint (read in v0.8.7, controllers/agents/client.js; https://github.com/danny-avila/LibreChat/issues/13092).",
    };
  }
}
