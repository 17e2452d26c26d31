import { isScalar, type Pair, type YAMLMap, type YAMLSeq } from "yaml";
import type { ConfigText } from "./config-text.ts";
import type { Edit } from "./edit.ts";
import { printBlock, printFlow } from "./print-value.ts";
import { afterLines, columnOf, lineStart, nextLine } from "./text-lines.ts";

/** Adds keys to the end of a mapping, in its style. */
export function insertKeys(
  config: Pick<ConfigText, "text" | "newline">,
  map: YAMLMap.Parsed,
  entries: { readonly [key: string]: unknown },
): Edit {
  const { text } = config;
  const last = map.items.at(-1);
  if (map.flow || !last) return insertFlow(config, map, printFlow(entries).replace(/^\{\s*|\s*\}$/g, ""));
  const column = columnOf(text, map.items[0]!.key.range[0]);
  return insertLines(config, endOf(last), column, printBlock(entries));
}

/** Adds items to the end of a list, in its style. */
export function insertItems(
  config: Pick<ConfigText, "text" | "newline">,
  list: YAMLSeq.Parsed,
  items: readonly unknown[],
): Edit {
  const { text } = config;
  const last = list.items.at(-1);
  if (list.flow || !last) return insertFlow(config, list, items.map((item) => printLike(last, item)).join(", "));
  const dashes = dashColumns(config, list);
  const gap = columnOf(text, (last.range as [number, number, number])[0]) - dashes.last;
  const body = items.flatMap((item) => asItem(printBlock(item), gap > 0 ? gap : 2));
  const isSpaced = list.items.length > 1 && hasBlankLineBefore(text, dashes.lastOffset);
  return insertLines(config, (last.range as [number, number, number])[1], dashes.last, isSpaced ? ["", ...body] : body);
}

/** Writes a value under a key that has none, or an empty one; on the key's line if its mapping is in brackets. */
export function fillKey(config: ConfigText, map: YAMLMap.Parsed, pair: Pair, value: unknown): Edit {
  const { text } = config;
  const column = columnOf(text, (pair.key as { range: [number, number, number] }).range[0]);
  const colon = colonAfter(text, (pair.key as { range: [number, number, number] }).range[1]);
  const written = (pair.value as { range?: [number, number, number] } | null)?.range ?? [colon, colon, colon];
  const isWritten = written[1] > written[0];
  if (map.flow || typeof value !== "object" || value === null) {
    return isWritten
      ? { start: written[0], end: written[1], text: printFlow(value) }
      : { start: colon, end: colon, text: ` ${printFlow(value)}` };
  }
  if (!isWritten) return insertLines(config, colon, column + 2, printBlock(value), column + 1);
  // `null`, `~`, `[]` or `{}` is removed; the rest of its line stays where it is.
  const rest = text.slice(written[1], nextLine(text, written[1]));
  const lines = printBlock(value).map((line) => " ".repeat(column + 2) + line);
  const comment = rest.trim();
  return {
    start: text.slice(colon, written[0]).includes("\n") ? written[0] : colon,
    end: nextLine(text, written[1]),
    text: `${comment === "" ? "" : ` ${comment}`}${config.newline}${lines.join(config.newline)}${rest.endsWith("\n") ? config.newline : ""}`,
  };
}

/** Inserts whole lines after the line of an offset. */
export function insertLines(
  { text, newline }: Pick<ConfigText, "text" | "newline">,
  end: number,
  column: number,
  lines: readonly string[],
  commentIndent: number = column,
): Edit {
  const at = afterLines(text, end, commentIndent);
  const block = lines.map((line) => (line === "" ? "" : " ".repeat(column) + line)).join(newline);
  const isAtOpenEnd = at === text.length && at > 0 && !text.endsWith("\n");
  return { start: at, end: at, text: isAtOpenEnd ? newline + block : block + newline };
}

/** The lines of one list item: a dash before the first, the others indented as far. */
export function asItem(lines: readonly string[], gap: number): string[] {
  return lines.map((line, index) =>
    index === 0 ? `-${" ".repeat(gap - 1)}${line}` : line === "" ? "" : " ".repeat(gap) + line,
  );
}

function insertFlow(
  { text, newline }: Pick<ConfigText, "text" | "newline">,
  node: YAMLMap.Parsed | YAMLSeq.Parsed,
  printed: string,
): Edit {
  const last = node.items.at(-1);
  if (!last) {
    const at = node.range[0] + 1;
    return { start: at, end: at, text: node.flow && text[node.range[0]] === "{" ? ` ${printed} ` : printed };
  }
  const start = startOf(last);
  const at = endOf(last);
  const indent = text.slice(lineStart(text, start), start);
  const isOnOwnLine =
    indent.trim() === "" && start > lineStart(text, start) && text.slice(node.range[0], start).includes("\n");
  return { start: at, end: at, text: isOnOwnLine ? `,${newline}${indent}${printed}` : `, ${printed}` };
}

/** Quoted like its neighbour. */
function printLike(neighbour: unknown, item: unknown): string {
  if (typeof item === "string" && isScalar(neighbour)) {
    if (neighbour.type === "QUOTE_SINGLE" && !item.includes("'")) return `'${item}'`;
    if (neighbour.type === "PLAIN" && /^[A-Za-z][\w./-]*$/.test(item)) return item;
  }
  return printFlow(item);
}

function startOf(item: unknown): number {
  const node = isPairLike(item) ? item.key : item;
  return (node as { range: [number, number, number] }).range[0];
}

function endOf(item: unknown): number {
  if (!isPairLike(item)) return (item as { range: [number, number, number] }).range[1];
  const value = item.value as { range?: [number, number, number] } | null;
  const key = item.key as { range: [number, number, number] };
  return value?.range ? value.range[1] : key.range[1] + 1;
}

function isPairLike(item: unknown): item is { key: unknown; value: unknown } {
  return typeof item === "object" && item !== null && "key" in item && "value" in item && !("range" in item);
}

function colonAfter(text: string, offset: number): number {
  return text.indexOf(":", offset) + 1;
}

function dashColumns({ text }: Pick<ConfigText, "text">, list: YAMLSeq.Parsed): { last: number; lastOffset: number } {
  const token = list.srcToken as { items: { start: { type: string; offset: number }[] }[] };
  // Comments after the list form an item without a dash.
  const dash = token.items.flatMap(({ start }) => start.filter(({ type }) => type === "seq-item-ind")).at(-1)!;
  return { last: columnOf(text, dash.offset), lastOffset: dash.offset };
}

/** Is there an empty line before the item, or before the comments that lead it? */
function hasBlankLineBefore(text: string, offset: number): boolean {
  let end = lineStart(text, offset);
  while (end > 0) {
    const start = lineStart(text, end - 1);
    const line = text.slice(start, end).trim();
    if (line === "") return true;
    if (!line.startsWith("#")) return false;
    end = start;
  }
  return false;
}
