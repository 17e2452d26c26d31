import { isCollection, type Pair } from "yaml";
import type { ConfigText } from "./config-text.ts";
import type { Edit } from "./edit.ts";
import { printBlock, printFlow } from "./print-value.ts";
import { columnOf, lineStart } from "./text-lines.ts";

/** Puts our value in the place of the user's, in block style where theirs is. */
export function replaceValue({ text, newline }: ConfigText, pair: Pair, ours: unknown): Edit {
  const key = pair.key as { range: [number, number, number] };
  const value = pair.value as { range: [number, number, number]; flow?: boolean };
  const [start, end] = value.range;
  const isBlock = isCollection(value) && !value.flow;
  const isOurBlock = typeof ours === "object" && ours !== null && Object.keys(ours).length > 0;
  if (!isOurBlock || (!isBlock && isCollection(value))) {
    const isOwnLine = text.slice(key.range[1], start).includes("\n");
    const trailing = text.slice(start, end).endsWith("\n") ? newline : "";
    // The value of a block is on lines of its own, which are removed with it.
    return {
      start: isOwnLine ? text.indexOf(":", key.range[1]) + 1 : start,
      end,
      text: `${isOwnLine ? " " : ""}${printFlow(ours)}${trailing}`,
    };
  }
  const column = isBlock ? columnOf(text, start) : columnOf(text, key.range[0]) + 2;
  const lines = printBlock(ours).map((line) => " ".repeat(column) + line);
  if (!isBlock) {
    const colon = text.indexOf(":", key.range[1]) + 1;
    return { start: colon, end, text: newline + lines.join(newline) };
  }
  const trailing = text.slice(start, end).endsWith("\n") ? newline : "";
  return { start: lineStart(text, start), end, text: lines.join(newline) + trailing };
}
