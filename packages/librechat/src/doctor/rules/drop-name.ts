import { closestName } from "@llm-provider/core/internal";
import { clientParameters } from "../../simulate/client-options.ts";
import { isSeq } from "yaml";
import type { Rule } from "../rule.ts";

/** The parameters that LibreChat can send to a custom endpoint, by every name that drops them. */
const droppable = `temperature top_p topP frequency_penalty frequencyPenalty presence_penalty presencePenalty max_tokens
  maxTokens max_completion_tokens stop user reasoning_effort reasoning_summary reasoning_mode reasoning_context verbosity
  web_search promptCache promptCacheTtl useResponsesApi`
  .trim()
  .split(/\s+/);

export const dropName: Rule = {
  id: "drop-name",
  severity: "warning",
  why: "`dropParams` takes any text and drops by the exact name, so a misspelt name drops no parameter (https://github.com/danny-avila/LibreChat/issues/9793 asks for a list of the names).",
  *check({ file, endpoints }) {
    for (const { path, value, label } of endpoints) {
      const { dropParams } = value;
      if (!Array.isArray(dropParams)) continue;
      for (const [index, name] of dropParams.entries()) {
        if (typeof name !== "string") continue;
        const meant =
          droppable.find((one) => one.toLowerCase() === name.toLowerCase() && one !== name) ??
          closestName(name, droppable);
        if (!meant || droppable.includes(name) || clientParameters.has(name)) continue;
        const node = file.nodeAt([...path, "dropParams", index]);
        const list = file.nodeAt([...path, "dropParams"]);
        yield {
          at: { value: [...path, "dropParams", index] },
          message: `\`${name}\` in the \`dropParams\` of ${label} is not a parameter that LibreChat sends.`,
          fix: `Did you mean \`${meant}\`?`,
          ...(node?.range && isSeq(list) && !dropParams.includes(meant)
            ? { edits: [{ start: node.range[0], end: node.range[1], text: meant }] }
            : {}),
        };
      }
    }
  },
};
