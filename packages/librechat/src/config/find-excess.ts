import { visit, YAMLParseError, type Document } from "yaml";

/** Characters of a file. LibreChat's own example has 30,000. */
const longestFile = 2 * 1024 * 1024;
const longestValue = 64 * 1024;
const nested = /[[{]{200}/;
const mostAliases = 200;
const mostOpenings = 2000;

/** The text for the parser: empty if parsing alone would take too long, which `findExcess` reports. */
export function withoutExcess(text: string): string {
  return text.length > longestFile || nested.test(text) ? "" : text;
}

/** Things that no real librechat.yaml has and that would take the doctor minutes: endless values and aliases. */
export function findExcess(text: string, document: Document.Parsed): YAMLParseError | undefined {
  if (text.length > longestFile)
    return excess(0, "The file is larger than 2 MiB, which is the largest size that is read");
  const deep = nested.exec(text);
  if (deep) return excess(deep.index, "It is nested too deeply");
  const openings = [...text.matchAll(/\$\{|\{\{/g)];
  if (openings.length > mostOpenings)
    return excess(openings[mostOpenings]!.index, `\${ and {{ are opened more than ${mostOpenings} times`);
  let found: YAMLParseError | undefined;
  let aliases = 0;
  visit(document, {
    Alias(_key, alias, ancestors) {
      const at = alias.range?.[0] ?? 0;
      if (++aliases > mostAliases) found = excess(at, `More than ${mostAliases} aliases are used`);
      else if (ancestors.some((node) => (node as { anchor?: string }).anchor === alias.source))
        found = excess(at, `The anchor &${alias.source} contains itself`);
      return found && visit.BREAK;
    },
    Scalar(_key, { value, range }) {
      if (typeof value !== "string" || value.length <= longestValue) return undefined;
      found = excess(range?.[0] ?? 0, "A value is longer than 64 KiB");
      return visit.BREAK;
    },
  });
  return found;
}

function excess(at: number, message: string): YAMLParseError {
  return new YAMLParseError([at, at + 1], "RESOURCE_EXHAUSTION", message);
}
