/** A command line that a POSIX shell reads back as exactly these words. */
export function shellWords(words: readonly string[]): string {
  return words.map((word) => (/^[\w.,:/@+=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(" ");
}
