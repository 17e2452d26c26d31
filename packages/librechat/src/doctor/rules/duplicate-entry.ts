import { isSeq, type YAMLSeq } from "yaml";
import type { Path } from "../../config/config-path.ts";
import type { Edit } from "../../config/edit.ts";
import { lineStart, nextLine } from "../../config/text-lines.ts";
import { asRecord } from "../as-record.ts";
import type { Rule } from "../rule.ts";

export const duplicateEntry: Rule = {
  id: "duplicate-entry",
  severity: "warning",
  why: "A model that is listed twice is twice in LibreChat's menu; LibreChat's own collection of configurations refuses it (https://github.com/LibreChat-AI/librechat-config-yaml).",
  *check({ file, endpoints }) {
    for (const { path, value, label } of endpoints) {
      const lists: [Path, unknown][] = [
        [[...path, "models", "default"], asRecord(value["models"])["default"]],
        [[...path, "dropParams"], value["dropParams"]],
      ];
      for (const [at, list] of lists) {
        if (!Array.isArray(list)) continue;
        const names = list.map((item) => (typeof item === "string" ? item : asRecord(item)["name"]));
        for (const [index, name] of names.entries()) {
          if (typeof name !== "string" || names.indexOf(name) === index) continue;
          const node = file.nodeAt(at);
          const edit = isSeq(node) ? removeItem(file.text, node as YAMLSeq.Parsed, index) : undefined;
          yield {
            at: { value: [...at, index] },
            message: `"${name}" is listed twice in ${at.at(-1) === "dropParams" ? "`dropParams`" : "the models"} of ${label}.`,
            fix: "Delete one of them.",
            ...(edit ? { edits: [edit] } : {}),
          };
        }
      }
    }
  },
};

/** Removes one item from a list; `undefined` if it is the only one. */
function removeItem(text: string, list: YAMLSeq.Parsed, index: number): Edit | undefined {
  if (list.items.length < 2) return undefined;
  const [start, end] = rangeOf(list, index);
  if (!list.flow) return { start: lineStart(text, start), end: nextLine(text, end), text: "" };
  // With the comma before it; the first item with the comma after it.
  return index > 0
    ? { start: rangeOf(list, index - 1)[1], end, text: "" }
    : { start, end: rangeOf(list, 1)[0], text: "" };
}

function rangeOf(list: YAMLSeq.Parsed, index: number): readonly [number, number] {
  const { range } = list.items[index] as { range: [number, number, number] };
  return [range[0], range[1]];
}
