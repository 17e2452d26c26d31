/** One splice: the text between two offsets, and its replacement. */
export type Edit = { start: number; end: number; text: string };

/** Applies splices that do not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = "";
  let position = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (edit.start < position) throw new Error("Two edits of one file overlap.");
    result += text.slice(position, edit.start) + edit.text;
    position = edit.end;
  }
  return result + text.slice(position);
}
