import { isScalar, isSeq, visit } from "yaml";
import type { Finding, Rule } from "../rule.ts";

export const foldedItem: Rule = {
  id: "folded-item",
  severity: "error",
  why: "A list item that is indented deeper than the one before it continues that item's text: two models become one name (measured with js-yaml 4).",
  *check({ file }) {
    const found: Finding[] = [];
    visit(file.document, {
      Seq(_, list) {
        if (!isSeq(list) || list.flow) return;
        for (const item of list.items) {
          if (!isScalar(item) || item.type !== "PLAIN" || !item.range) continue;
          const text = file.text.slice(item.range[0], item.range[1]);
          const next = /\n[ \t]*- /.exec(text);
          if (!next) continue;
          const position = file.positionOf(item.range[0] + next.index + 1 + next[0].slice(1).search(/\S/));
          found.push({
            at: position,
            message: "This is not an item of the list: YAML reads it as part of the line above.",
            fix: "Indent the dash exactly like the one above.",
          });
        }
      },
    });
    yield* found;
  },
};
