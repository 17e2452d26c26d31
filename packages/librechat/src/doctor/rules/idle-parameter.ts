import { decide } from "@llm-provider/core/rules";
import { asRecord } from "../as-record.ts";
import type { Rule } from "../rule.ts";

/** Names that LibreChat's client keeps for itself or overwrites, and the alternative if there is one. */
const idle: { readonly [name: string]: string | undefined } = {
  stream_options: "Write `streamUsage: true`, which asks for the usage of a stream.",
  max_tokens: "Write `maxTokens`.",
  stream: "Delete it: LibreChat streams anyway.",
  seed: undefined,
  response_format: undefined,
  tool_choice: undefined,
  tools: "Give LibreChat the tool: as an agent's, or as an MCP server.",
  functions: undefined,
  function_call: undefined,
  parallel_tool_calls: undefined,
  prediction: undefined,
  strict: undefined,
  text: undefined,
  truncation: undefined,
  include: undefined,
  previous_response_id: undefined,
  prompt_cache_key: undefined,
  prompt_cache_retention: undefined,
  modelName: "Write `model`, though it overrides what users pick.",
  messages: undefined,
};

/** Is a name in `addParams` LibreChat's own, so that it is not sent? */
export function isIdle(name: string): boolean {
  return Object.hasOwn(idle, name);
}

/** The alternative to one of LibreChat's own names. */
export function adviceFor(name: string, value: unknown): string {
  if (name === "stream" && value === false) return "Write `disableStreaming: true`, which switches streaming off.";
  return idle[name] ?? "Delete it.";
}

export const idleParameter: Rule = {
  id: "idle-parameter",
  severity: "warning",
  why: "LibreChat's client treats these names as its own options, or overwrites their values: they are not sent (measured with @librechat/agents 3.9.2).",
  *check({ endpoints }) {
    for (const { path, value, label, client, definition } of endpoints) {
      if (!client.sendsChat) continue;
      const added = asRecord(value["addParams"]);
      for (const name of Object.keys(added)) {
        if (!isIdle(name)) continue;
        const asked = definition && { model: definition.smallModel, messages: [], [name]: added[name] };
        const renamed = asked && decide(definition, asked).find(({ does }) => does === "rename");
        yield {
          at: { key: [...path, "addParams", name] },
          severity: name === "tools" ? "error" : "warning",
          message: `\`${name}\` in the \`addParams\` of ${label} has no effect: it does not reach the provider.`,
          fix: renamed ? `Write \`${String(renamed.to)}\`.` : adviceFor(name, added[name]),
          ...(name === "tools"
            ? {
                why: "LibreChat's client swallows `tools` (measured; https://github.com/danny-avila/LibreChat/issues/9436).",
              }
            : {}),
          ...(name === "max_tokens"
            ? {
                why: "LibreChat's client writes its own limit over the field (measured; https://github.com/danny-avila/LibreChat/issues/9682).",
              }
            : {}),
        };
      }
    }
  },
};
