/**
 * The text of a tool, never longer than asked: what stands first, then blocks, each whole or left out, and a note on what was
 * left out. `more` says how to get further ones.
 */
export function fitBlocks(
  first: string,
  blocks: readonly string[],
  { more = "", advice, maxCharacters }: { more?: string; advice: string; maxCharacters: number },
): string {
  const notes = (missing: number): string[] => [
    ...(missing > 0 ? [`(${missing} more left out to stay within ${maxCharacters} characters: ${advice})`] : []),
    ...(more ? [more] : []),
  ];
  for (let shown = blocks.length; shown > 0; shown--) {
    const text = [first, ...blocks.slice(0, shown), ...notes(blocks.length - shown)].join("\n\n");
    if (text.length <= maxCharacters) return text;
  }
  return cutText([first, ...notes(blocks.length)].join("\n\n"), maxCharacters);
}

/** On one line, so that no text of others can pass for a part of the tool's own. */
export function oneLine(text: string, length: number): string {
  const line = text
    .slice(0, 2 * length)
    .replaceAll(/\s+/g, " ")
    .trim();
  return cutText(line, length);
}

/** At most `length` characters; an ellipsis shows that something was cut. */
export function cutText(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, Math.max(0, length - 1))}…` : text;
}
