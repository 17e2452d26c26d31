import type { YAMLSeq } from "yaml";
import type { Edit } from "../config/edit.ts";
import { lineStart, nextLine } from "../config/text-lines.ts";

/** Takes one item out of a list; `undefined` where it is the only one. */
export function removeItem(text: string, list: YAMLSeq.Parsed, index: number): Edit | undefined {
  if (list.items.length < 2) return undefined;
  const [start, end] = rangeOf(list, index);
  if (!list.flow) return { start: lineStart(text, start), end: nextLine(text, end), text: "" };
  // With the comma before it; the first item goes with the comma behind it.
  return index > 0
    ? { start: rangeOf(list, index - 1)[1], end, text: "" }
    : { start, end: rangeOf(list, 1)[0], text: "" };
}

function rangeOf(list: YAMLSeq.Parsed, index: number): readonly [number, number] {
  const { range } = list.items[index] as { range: [number, number, number] };
  return [range[0], range[1]];
}
