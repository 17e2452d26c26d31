import { findSentences, type Sentence, type TextRange } from "./find-sentences.ts";
import type { TextPart } from "./document-text.ts";

/** Characters (UTF-16 code units) of a chunk, at most. */
export const chunkSize = 1500;
/** Characters of a chunk that the chunk before it has too, at most. */
export const chunkOverlap = 150;

/** How a text is split. */
export interface SplitOptions {
  /** Characters (UTF-16 code units) of a chunk, at most. @default 1500 */
  readonly size?: number;
  /** Characters that a chunk repeats of the one before it, at most: whole sentences only. @default 150 */
  readonly overlap?: number;
}

/** A piece of a document. */
export interface TextChunk extends TextPart {
  /** Characters at its start that the chunk before it ends with. */
  readonly overlap: number;
}

/**
 * Splits a document into chunks that end where sentences end. A heading goes with what follows it, and no chunk crosses a page. A
 * sentence that is longer than a chunk is divided at its lines, else between words. White space is collapsed, except line breaks and
 * indentation. Takes time in proportion to the length: a second or three for 20 million characters; `iterateChunks` does it in steps.
 * @throws RangeError where the sizes make no sense.
 */
export function splitText(parts: readonly TextPart[], options?: SplitOptions): TextChunk[] {
  return [...iterateChunks(parts, options)];
}

/**
 * The chunks of `splitText`, one after the other, so that a server can do other things between them.
 * @throws RangeError where the sizes make no sense.
 */
export function* iterateChunks(
  parts: readonly TextPart[],
  { size = chunkSize, overlap = chunkOverlap }: SplitOptions = {},
): Generator<TextChunk, void, undefined> {
  if (!Number.isInteger(size) || size < 10)
    throw new RangeError("The size of a chunk has to be 10 characters or more.");
  if (!(overlap >= 0 && overlap < size))
    throw new RangeError("The overlap has to be 0 or more, and less than the size.");
  for (const { text, page } of parts) {
    const tidy = collapseSpace(text);
    let last = 0;
    for (const { start, end } of packSentences(findSentences(tidy, size), size, overlap)) {
      yield { text: tidy.slice(start, end), overlap: Math.max(0, last - start), ...(page !== undefined && { page }) };
      last = end;
    }
  }
}

/** Spaces to a space, tabs to a tab, blank lines to one; what a line begins with is left, up to a width that code has. */
function collapseSpace(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/(?<=\S)[^\S\n]+$/gm, "")
    .replace(/^[^\S\n]+$/gm, "")
    .replace(/(?<=\S)[^\S\n]{2,}/g, (run) => (run.includes("\t") ? "\t" : " "))
    .replace(/^[^\S\n]{41,}/gm, (run) => run.slice(0, 40))
    .replace(/\n{3,}/g, "\n\n");
}

/** Headings that go together to the next chunk, at most: more of them are a list. */
const mostHeadings = 3;

/** Puts as many sentences in a chunk as fit in. Chunks are stretches of the text, so that what is between sentences stays there. */
function* packSentences(found: Iterable<Sentence>, size: number, overlap: number): Generator<TextRange> {
  const sentences: Sentence[] = [];
  const length = (from: number, to: number): number => sentences[to]!.end - sentences[from]!.start;
  const range = (from: number, to: number): TextRange => ({ start: sentences[from]!.start, end: sentences[to]!.end });
  /** Where the chunk begins, and the first sentence that no chunk has yet. */
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
    // What is before a heading belongs to another section.
    if (next < index) continue;
    while (first > 0 && length(first - 1, next - 1) <= overlap && length(first - 1, index) <= size) first--;
  }
  if (fresh < sentences.length) yield range(first, sentences.length - 1);
}
