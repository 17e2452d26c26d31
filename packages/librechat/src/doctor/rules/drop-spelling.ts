import { isSeq, type YAMLSeq } from "yaml";
import { insertItems } from "../../config/insert-entries.ts";
import { workingSpelling } from "../../endpoint/drop-spellings.ts";
import type { Rule } from "../rule.ts";
import { takesParameter } from "../takes-parameter.ts";

export const dropSpelling: Rule = {
  id: "drop-spelling",
  severity: "warning",
  why: "LibreChat renames these parameters before it drops by literal key, so the wire's name has no effect (measured; https://github.com/danny-avila/LibreChat/issues/6536).",
  *check({ file, endpoints }) {
    for (const { path, value, label, client, definition, models } of endpoints) {
      const { dropParams } = value;
      if (!Array.isArray(dropParams) || !client.sendsChat) continue;
      for (const [index, name] of dropParams.entries()) {
        const working = typeof name === "string" && name !== "top_p" ? workingSpelling(name) : undefined;
        if (!working || dropParams.includes(working) || dropParams.indexOf(name) !== index) continue;
        const node = file.nodeAt([...path, "dropParams"]);
        const isTaken = definition !== undefined && takesParameter(definition, name, models);
        yield {
          at: { value: [...path, "dropParams", index] },
          message: `\`${name}\` in the \`dropParams\` of ${label} has no effect: a user's setting is still sent.`,
          fix: isTaken
            ? `Delete it: ${definition!.name} takes the parameter.`
            : `Add \`${working}\`; keep \`${name}\` for a LibreChat that knows it.`,
          ...(!isTaken && isSeq(node) && node.items.length > 0
            ? {
                edits: [insertItems(file, node as YAMLSeq.Parsed, [working])],
              }
            : {}),
        };
      }
    }
  },
};
