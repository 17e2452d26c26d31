/**
 * A text that every database and every JSON parser takes: without U+0000, which PostgreSQL refuses, without halves of surrogate pairs,
 * and with line feeds as line ends.
 */
export function cleanText(text: string): string {
  return text
    .replaceAll("\0", "")
    .replace(/\r\n?/g, "\n")
    .replace(/\p{Cs}+/gu, "");
}
