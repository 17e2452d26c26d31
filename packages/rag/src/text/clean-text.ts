/**
 * Makes a text acceptable to every database and JSON parser: removes U+0000, which PostgreSQL refuses, and unpaired surrogates, and
 * turns all line ends into line feeds.
 */
export function cleanText(text: string): string {
  return text
    .replaceAll("\0", "")
    .replace(/\r\n?/g, "\n")
    .replace(/\p{Cs}+/gu, "");
}
