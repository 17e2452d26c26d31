import { layout } from "../docs-layout.ts";
import { refusal } from "../refusal.ts";

/** One line of a sorted list in a text: the name it is sorted by and its place. */
type SortedLine = { readonly name: string; readonly index: number; readonly text: string };

type Entry = SortedLine & { readonly component: string };

/** Every allowed name for a page's `icon:`, and whether it is a provider's own. */
export function iconNames(text: string): { readonly name: string; readonly isBrand: boolean }[] {
  const brands = new Set(importedLines(text).map(({ name }) => name));
  return entries(text).map(({ name, component }) => ({ name, isBrand: brands.has(component) }));
}

/** The icon map with a provider's icon added; every other byte stays. */
export function mapIcon(text: string, name: string, component: string): string {
  const imported = importedLines(text);
  const withImport = imported.some((line) => line.name === component)
    ? text
    : insertLine(text, imported, component, `  ${component},`);
  const brands = new Set(importedLines(withImport).map((line) => line.name));
  const all = entries(withImport);
  if (all.some((entry) => entry.name === name)) return withImport;
  const own = all.filter((entry) => brands.has(entry.component));
  if (own.length === 0) throw refusal(unknownLayout("entry of a provider's icon"));
  return insertLine(withImport, own, name, `  ${name}: <${component} />,`);
}

/** The barrel of provider icons with one more export; every other byte stays. */
export function exportIcon(text: string, component: string, file: string): string {
  const lines = [...text.matchAll(/^export \{ default as (\w+) \} from (['"])\.\/([\w-]+)\2(;?)$/gm)];
  const [first] = lines;
  if (!first) throw refusal(`${layout.iconExports} has no line that exports an icon: its layout has changed.`);
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

function importedLines(text: string): SortedLine[] {
  const block = /^import \{\n((?:[ \t]+\w+,\n)+)\} from (['"])(?:\.\.|@)\/components\/icons\/providers\2;?$/m.exec(
    text,
  );
  if (!block) throw refusal(unknownLayout("import of the providers' icons"));
  const from = block.index + block[0].indexOf(block[1]!);
  return [...block[1]!.matchAll(/^[ \t]+(\w+),$/gm)].map((line) => ({
    name: line[1]!,
    index: from + line.index,
    text: line[0],
  }));
}

function entries(text: string): Entry[] {
  const start = /^(?:export )?const icons\b[^=\n]*= \{\n/m.exec(text);
  const end = start ? text.indexOf("\n}", start.index) : -1;
  if (!start || end < 0) throw refusal(unknownLayout("map `icons`"));
  const from = start.index + start[0].length;
  return [...text.slice(from, end + 1).matchAll(/^[ \t]+(\w+): <(\w+) \/>,$/gm)].map((line) => ({
    name: line[1]!,
    component: line[2]!,
    index: from + line.index,
    text: line[0],
  }));
}

function unknownLayout(missing: string): string {
  return `${layout.iconMap} has no ${missing}: its layout has changed.`;
}

/** The text with a line inserted in alphabetical order among these. */
function insertLine(text: string, lines: readonly SortedLine[], name: string, line: string): string {
  const later = lines.find((other) => other.name.toLowerCase() > name.toLowerCase());
  if (later) return `${text.slice(0, later.index)}${line}\n${text.slice(later.index)}`;
  const last = lines.at(-1)!;
  const end = last.index + last.text.length;
  return `${text.slice(0, end)}\n${line}${text.slice(end)}`;
}
