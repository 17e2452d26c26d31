import { findSentences, type Sentence, type TextRange } from "./find-sentences.ts";
import type { TextPart } from "./document-text.ts";

/** The most characters (UTF-16 code units) of a chunk. */
export const chunkSize = 1500;
/** The most characters that a chunk repeats from the chunk before it. */
export const chunkOverlap = 150;

/** How a text is split. */
export interface SplitOptions {
  /** The most characters (UTF-16 code units) of a chunk. @default 1500 */
  readonly size?: number;
  /** The most characters that a chunk repeats from the chunk before it: whole sentences only. @default 150 */
  readonly overlap?: number;
}

/** A piece of a document. */
export interface TextChunk extends TextPart {
  /** How many characters at its start the chunk before it ends with. */
  readonly overlap: number;
}

/**
 * Splits a document into chunks that end where sentences end. A heading stays with the text below it, and no chunk crosses a page. A
 * sentence that is longer than a chunk is split at its line breaks, else between words. White space is collapsed, except line breaks
 * and indentation. The time grows with the length: one to three seconds for 20 million characters. `iterateChunks` works in steps.
 * @throws RangeError if `size` or `overlap` is invalid.
 */
export function splitText(parts: readonly TextPart[], options?: SplitOptions): TextChunk[] {
  return [...iterateChunks(parts, options)];
}

/**
 * The chunks of `splitText`, one by one, so that a server can do other work in between.
 * @throws RangeError if `size` or `overlap` is invalid.
 */
export function* iterateChunks(
  parts: readonly TextPart[],
  { size = chunkSize, overlap = chunkOverlap }: SplitOptions = {},
): Generator<TextChunk, void, undefined> {
  if (!Number.isInteger(size) || size < 10)
    throw new RangeError("The size of a chunk must be a whole number of 10 characters or more.");
  if (!(overlap >= 0 && overlap < size)) throw new RangeError("The overlap must be 0 or more, and less than the size.");
  for (const { text, page } of parts) {
    const tidy = collapseSpace(text);
    let last = 0;
    for (const { start, end } of packSentences(findSentences(tidy, size), size, overlap)) {
      yield { text: tidy.slice(start, end), overlap: Math.max(0, last - start), ...(page !== undefined && { page }) };
      last = end;
    }
  }
}

/** Collapses spaces to a space, tabs to a tab, and blank lines to one. Indentation is kept, up to 40 characters. */
function collapseSpace(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/(?<=\S)[^\S\n]+$/gm, "")
    .replace(/^[^\S\n]+$/gm, "")
    .replace(/(?<=\S)[^\S\n]{2,}/g, (run) => (run.includes("\t") ? "\t" : " "))
    .replace(/^[^\S\n]{41,}/gm, (run) => run.slice(0, 40))
    .replace(/\n{3,}/g, "\n\n");
}

/** How many consecutive headings move to the next chunk together. More than these are a list. */
const mostHeadings = 3;

/** Puts as many sentences into a chunk as fit. Chunks are ranges of the text, so they keep the white space between sentences. */
function* packSentences(found: Iterable<Sentence>, size: number, overlap: number): Generator<TextRange> {
  const sentences: Sentence[] = [];
  const length = (from: number, to: number): number => sentences[to]!.end - sentences[from]!.start;
  const range = (from: number, to: number): TextRange => ({ start: sentences[from]!.start, end: sentences[to]!.end });
  /** The first sentence of the current chunk, and the first that no chunk contains yet. */
  let first = 0;
  let fresh = 0;
  for (const sentence of found) {
    const index = sentences.push(sentence) - 1;
    if (length(first, index) <= size || first === index) continue;
    let next = index;
    while (
      next > fresh &&
      index - next < mostHeadings &&
      sentences[next - 1]!.isHeading &&
      length(next - 1, index) <= size
    )
      next--;
    if (next > fresh) yield range(first, next - 1);
    first = next;
    fresh = next;
    // The text before a heading belongs to another section, so it is not repeated.
    if (next < index) continue;
    while (first > 0 && length(first - 1, next - 1) <= overlap && length(first - 1, index) <= size) first--;
  }
  if (fresh < sentences.length) yield range(first, sentences.length - 1);
}
