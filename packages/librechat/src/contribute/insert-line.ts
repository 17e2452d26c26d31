/** One line of a sorted list in a text: the name it is sorted by, and where it stands. */
export type SortedLine = { readonly name: string; readonly index: number; readonly text: string };

/** The text with a line put before the first of these that comes later in the alphabet, or after the last. */
export function insertLine(text: string, lines: readonly SortedLine[], name: string, line: string): string {
  const later = lines.find((other) => other.name.toLowerCase() > name.toLowerCase());
  if (later) return `${text.slice(0, later.index)}${line}\n${text.slice(later.index)}`;
  const last = lines.at(-1)!;
  const end = last.index + last.text.length;
  return `${text.slice(0, end)}\n${line}${text.slice(end)}`;
}
