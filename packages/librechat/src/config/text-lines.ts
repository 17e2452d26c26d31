/** The beginning of the line of an offset. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

/** The spaces at the beginning of an offset's line, counted up to the offset. */
export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

/**
 * The place for new lines after a node: after the rest of its last line, and after the comment lines that still belong to it
 * because they are indented at least as far.
 */
export function afterLines(text: string, end: number, indent: number): number {
  let position = text[end - 1] === "\n" && end > 0 ? end : nextLine(text, end);
  let candidate = position;
  while (candidate < text.length) {
    const next = nextLine(text, candidate);
    const line = text.slice(candidate, next);
    const isComment = line.trimStart().startsWith("#") && line.length - line.trimStart().length >= indent;
    if (isComment) position = next;
    else if (line.trim() !== "") break;
    candidate = next;
  }
  return position;
}

/** Where the line after an offset begins, or the end of the text. */
export function nextLine(text: string, offset: number): number {
  const newline = text.indexOf("\n", offset);
  return newline < 0 ? text.length : newline + 1;
}
