import { splitLines, type LineSplitter } from "./split-lines.ts";

/** Newline-delimited JSON: calls `onData` with each line that is not blank. */
export function readJsonLines(onData: (data: string, event: string) => void): LineSplitter {
  return splitLines((text, from, end) => {
    const line = text.slice(from, end);
    if (line.trim() !== "") onData(line, "");
  });
}
