import { layout } from "./docs-layout.ts";
import { insertLine, type SortedLine } from "./insert-line.ts";
import { refusal } from "./refusal.ts";

type Entry = SortedLine & { readonly component: string };

/** Every name that a page's `icon:` may have, and whether it is a provider's own. */
export function iconNames(text: string): { readonly name: string; readonly isBrand: boolean }[] {
  const brands = new Set(importedLines(text).map(({ name }) => name));
  return entries(text).map(({ name, component }) => ({ name, isBrand: brands.has(component) }));
}

/** The icon map with a provider's icon imported and named; everything else stays to the byte. */
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
  return `${layout.iconMap} has no ${missing}: its layout is not the one known here.`;
}
