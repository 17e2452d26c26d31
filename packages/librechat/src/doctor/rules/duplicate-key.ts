import { isMap, isPair, isScalar, visit, type Scalar, type YAMLMap } from "yaml";
import type { ConfigFile } from "../config-file.ts";
import { isSameValue } from "../../config/is-same-value.ts";
import { columnOf, lineStart, nextLine } from "../../config/text-lines.ts";
import type { Finding, Rule } from "../rule.ts";

export const duplicateKey: Rule = {
  id: "duplicate-key",
  severity: "error",
  why: 'LibreChat\'s parser refuses a key that is twice in one mapping, and starts without the file (js-yaml: "duplicated mapping key", measured with js-yaml 4).',
  *check({ file }) {
    const found: Finding[] = [];
    visit(file.document, {
      Map(_, map) {
        if (!isMap(map)) return;
        const again = lostLine(map, file);
        if (again) {
          found.push(again);
          return;
        }
        const seen = new Map<unknown, (typeof map.items)[number]>();
        for (const item of map.items) {
          if (!isPair(item) || !isScalar(item.key) || item.key.value === "<<") continue;
          const name = item.key.value;
          const first = seen.get(name);
          seen.set(name, first ?? item);
          if (!first) continue;
          const start = item.key.range![0];
          const end = (item.value as { range?: [number, number, number] } | null)?.range?.[1] ?? item.key.range![1] + 1;
          const isSame = isSameValue(toValue(first.value, file.document), toValue(item.value, file.document));
          const isOwnLine = file.text.slice(lineStart(file.text, start), start).trim() === "";
          found.push({
            at: file.positionOf(start),
            message: `\`${String(name)}\` appears twice in one mapping; the first is on line ${file.positionOf((first.key as { range: [number, number, number] }).range[0]).line}.`,
            fix: isSame
              ? "Delete one of them: they are equal."
              : "Keep one of them; for two endpoints or servers, give each its own name.",
            ...(isSame && isOwnLine && !map.flow
              ? {
                  edits: [
                    {
                      start: lineStart(file.text, start),
                      end: file.text[end - 1] === "\n" ? end : nextLine(file.text, end),
                      text: "",
                    },
                  ],
                }
              : {}),
          });
        }
      },
    });
    yield* found;
  },
};

/** Several keys twice in one mapping mean two entries: the line that began the second is missing. */
function lostLine(map: YAMLMap, file: ConfigFile): Finding | undefined {
  const names = map.items.map(({ key }) => (isScalar(key) ? key.value : undefined));
  const again = map.items.filter((_, index) => names[index] !== "<<" && names.indexOf(names[index]) < index);
  const written = new Set(again.map(({ key }) => String((key as Scalar).value)));
  if (written.size < 2) return undefined;
  const at = file.positionOf((again[0]!.key as Scalar).range![0]);
  const first = (map.items[names.indexOf((again[0]!.key as Scalar).value)]!.key as Scalar).range![0];
  const starts = lostDashes(map, file);
  if (starts.length > 0) {
    const lines = starts.map((start) => file.positionOf(start).line);
    const opener = `- ${String((map.items[0]!.key as Scalar).value)}:`;
    return {
      at: file.positionOf(starts[0]!),
      message: `${starts.length === 1 ? "An entry of a list begins" : `${starts.length} entries of a list begin`} without a dash, on ${starts.length === 1 ? "line" : "lines"} ${lines.join(", ")}: the keys are read as part of the entry of line ${file.positionOf(first).line}.`,
      fix: `Write \`${opener}\` there, with the dash in the column of the other dashes. \`--fix\` does it.`,
      blocks: true,
      edits: starts.map((start) => ({ start: start - 2, end: start, text: "- " })),
    };
  }
  return {
    at,
    message: `${written.size} keys appear a second time, the first of them also on line ${file.positionOf(first).line}: a second entry begins without the line that opens it.`,
    fix: "Begin the second entry with its own line: `- name: …` in a list, its name and a colon in a mapping.",
  };
}

/** The beginnings of block list entries that lack only their dash: each begins with the first key of the first entry. */
function lostDashes(map: YAMLMap, { text }: ConfigFile): number[] {
  const [first, ...rest] = map.items.map(({ key }) => (isScalar(key) ? key : undefined));
  if (first?.range == null || map.flow) return [];
  const column = columnOf(text, first.range[0]);
  if (text.slice(first.range[0] - 2, first.range[0]) !== "- ") return [];
  return rest.flatMap((key) => {
    const start = key && key.value === first.value ? key.range?.[0] : undefined;
    if (start === undefined || columnOf(text, start) !== column) return [];
    return text.slice(start - 2, start) === "  " ? [start] : [];
  });
}

function toValue(node: unknown, document: unknown): unknown {
  return (node as { toJS?: (document: unknown) => unknown } | null)?.toJS?.(document) ?? null;
}
