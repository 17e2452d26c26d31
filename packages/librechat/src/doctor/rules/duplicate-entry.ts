import { isSeq, type YAMLSeq } from "yaml";
import { asRecord } from "../as-record.ts";
import type { Path } from "../check-outline.ts";
import { removeItem } from "../remove-item.ts";
import type { Rule } from "../rule.ts";

export const duplicateEntry: Rule = {
  id: "duplicate-entry",
  severity: "warning",
  why: "A model that is listed twice stands twice in LibreChat's menu; LibreChat's own collection of configurations refuses it (https://github.com/LibreChat-AI/librechat-config-yaml).",
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
            message: `"${name}" stands twice in ${at.at(-1) === "dropParams" ? "`dropParams`" : "the models"} of ${label}.`,
            fix: "Delete one of them.",
            ...(edit ? { edits: [edit] } : {}),
          };
        }
      }
    }
  },
};
