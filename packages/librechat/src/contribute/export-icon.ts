import { layout } from "./docs-layout.ts";
import { insertLine } from "./insert-line.ts";
import { refusal } from "./refusal.ts";

/** The barrel of provider icons with one more export; everything else stays to the byte. */
export function exportIcon(text: string, component: string, file: string): string {
  const lines = [...text.matchAll(/^export \{ default as (\w+) \} from (['"])\.\/([\w-]+)\2(;?)$/gm)];
  const [first] = lines;
  if (!first)
    throw refusal(`${layout.iconExports} has no line that exports an icon: its layout is not the one known here.`);
  if (lines.some((line) => line[1] === component)) return text;
  const [, , quote, , semicolon] = first;
  const sorted = lines.map((line) => ({ name: line[3]!, index: line.index, text: line[0] }));
  return insertLine(
    text,
    sorted,
    file,
    `export { default as ${component} } from ${quote}./${file}${quote}${semicolon}`,
  );
}
