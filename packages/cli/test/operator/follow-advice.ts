import type { Diagnostic } from "@llm-provider/librechat";

type Lines = string[];
type Follow = (lines: Lines, at: number, found: RegExpExecArray) => void;

/** Follows advice like a person who knows nothing else: takes the first choice that it names, at the line that it names. */
const ways: readonly (readonly [advice: RegExp, follow: Follow])[] = [
  [/^Write [`"]([^`"]+)[`"]\.$/, (lines, at, [, value]) => setValue(lines, at, value!)],
  [
    /^(?:Choose another, e\.g\. |Write the name of an endpoint of this file: )"([^"]+)"/,
    (lines, at, [, value]) => setValue(lines, at, value!),
  ],
  [/^Take one of ([^,]+),/, (lines, at, [, value]) => setValue(lines, at, value!)],
  [/^Give one of them another name/, (lines, at) => setValue(lines, at, "Another")],
  [/^Put it into LibreChat's \.env, write \$\{NAME\} here/, (lines, at) => setValue(lines, at, "${MY_SECRET}")],
  [/^Delete (\S+) at its end/, (lines, at, [, end]) => (lines[at] = lines[at]!.replace(end!, ""))],
  [/^(?:Delete it|Keep one of them|Keep it in one group)|delete this one\.$/, (lines, at) => deleteBlock(lines, at)],
  [/^Add `([\w.]+: [^`]+)`(?:\.|,)/, (lines, at, [, text]) => insertInside(lines, at, [text!])],
  [/^Add `([^`]+)` to `addParams`/, (lines, at, [, text]) => insertInside(lines, at, [text!], "addParams")],
  [/^Set `(\w+)\.([^`]+)`/, (lines, at, [, outer, text]) => insertInside(lines, at, [`${outer}:`, `  ${text}`])],
  [/^Add `(\w+)` to the model or to its group/, (lines, at, [, key]) => insertInside(lines, at, [`${key}: "made-up"`])],
];

/** The file after one advice, or undefined if nobody could follow it literally. */
export function followAdvice(text: string, { line, fix = "" }: Diagnostic): string | undefined {
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const lines = text.split(newline);
  for (const [advice, follow] of ways) {
    const found = advice.exec(fix);
    if (!found) continue;
    follow(lines, line - 1, found);
    return lines.join(newline);
  }
  return undefined;
}

function setValue(lines: Lines, at: number, value: string): void {
  lines[at] = lines[at]!.replace(/^(\s*(?:- )?(?:[\w.-]+: )?)\S.*$/, (_, before: string) => `${before}"${value}"`);
}

/** The line and all deeper-indented lines below it. */
function deleteBlock(lines: Lines, at: number): void {
  const indent = indentOf(lines[at]!);
  let end = at + 1;
  while (end < lines.length && lines[end]!.trim() !== "" && indentOf(lines[end]!) > indent) end++;
  lines.splice(at, end - at);
}

/** Inserts into the mapping that the line opens, under `key` if the advice names one; replaces a value `true`. */
function insertInside(lines: Lines, at: number, texts: readonly string[], key?: string): void {
  const line = lines[at]!;
  const isItem = line.trimStart().startsWith("- ");
  const isOpen = isItem || line.trimEnd().endsWith(":");
  if (!isOpen) lines[at] = line.replace(/:\s*\S+\s*$/, ":");
  const isThere = key !== undefined && line.trim() === `${key}:`;
  const indent = " ".repeat(indentOf(line) + 2);
  const inner = key === undefined || isThere ? texts : [`${key}:`, ...texts.map((text) => `  ${text}`)];
  lines.splice(at + 1, 0, ...inner.map((text) => indent + text));
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
