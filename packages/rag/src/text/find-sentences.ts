/** A range of a text, from `start` up to but not including `end`. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** A sentence, without the white space around it. */
export interface Sentence extends TextRange {
  /** Whether it is a paragraph of its own that introduces the next one. */
  readonly isHeading: boolean;
}

/** How many characters are segmented at once. A longer paragraph takes several steps. */
const blockSize = 16_384;
const sentences = new Intl.Segmenter(undefined, { granularity: "sentence" });
const words = new Intl.Segmenter(undefined, { granularity: "word" });
const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
/** One line, underlined or not, that ends like a title. */
const heading = /^[^\n]{0,119}[^\n.!…。！,;、]\**(?:\n[=~^"#*-]{3,})?$/u;

/**
 * The sentences of a text in order; together they cover everything except white space. No sentence crosses a blank line. A line break
 * does not end a sentence, since lines are often wrapped. A sentence longer than `size` is split at line breaks, then between words,
 * then between characters.
 */
export function* findSentences(text: string, size: number): Generator<Sentence> {
  for (const paragraph of paragraphsOf(text)) {
    const { start, end } = paragraph;
    if (end - start <= size && end - start < 250 && heading.test(text.slice(start, end)))
      yield { start, end, isHeading: true };
    else
      for (const sentence of sentencesOf(text, paragraph))
        for (const piece of fit(text, sentence, size)) yield { ...piece, isHeading: false };
  }
}

/** Works in steps, since the segmenter copies its text. The last sentence of a step may be cut off, so the next step begins with it. */
function* sentencesOf(text: string, { start, end }: TextRange): Generator<TextRange> {
  for (let from = start; from < end;) {
    const isLast = end - from <= blockSize;
    const block = text.slice(from, isLast ? end : from + blockSize).replaceAll("\n", " ");
    let last = 0;
    for (const { index } of sentences.segment(block)) {
      if (index > last) yield { start: from + last, end: from + index };
      last = index;
    }
    if (isLast) return yield { start: from + last, end };
    if (last === 0) {
      last = lengthOfPiece(text.slice(from, from + blockSize + 1), blockSize);
      yield { start: from, end: from + last };
    }
    from += last;
  }
}

function* fit(text: string, range: TextRange, size: number): Generator<TextRange> {
  const { start, end } = trimRange(text, range.start, range.end);
  if (end - start <= size) {
    if (end > start) yield { start, end };
  } else for (const line of linesOf(text, start, end)) yield* divide(text, line, size);
}

function trimRange(text: string, start: number, end: number): TextRange {
  const slice = text.slice(start, end);
  const from = start + slice.length - slice.trimStart().length;
  return { start: from, end: Math.max(from, start + slice.trimEnd().length) };
}

function* paragraphsOf(text: string): Generator<TextRange> {
  for (let start = 0; start < text.length;) {
    const blank = text.indexOf("\n\n", start);
    const end = blank === -1 ? text.length : blank;
    if (end > start) yield trimRange(text, start, end);
    start = end + 2;
  }
}

function* linesOf(text: string, from: number, to: number): Generator<TextRange> {
  for (let start = from; start < to;) {
    const lineFeed = text.indexOf("\n", start);
    const end = lineFeed === -1 || lineFeed > to ? to : lineFeed;
    yield { start, end };
    start = end + 1;
  }
}

/** Splits a line into pieces of at most `size`, each as long as possible. */
function* divide(text: string, line: TextRange, size: number): Generator<TextRange> {
  const { end: to, ...trimmed } = trimRange(text, line.start, line.end);
  let { start } = trimmed;
  while (to - start > size) {
    const end = start + lengthOfPiece(text.slice(start, start + size + 1), size);
    const piece = trimRange(text, start, end);
    if (piece.end > piece.start) yield piece;
    start = end;
  }
  const rest = trimRange(text, start, to);
  if (rest.end > rest.start) yield rest;
}

/** Where to cut a text that is longer than `size`: at a line break or space in its second half, else after a whole word or character. */
function lengthOfPiece(text: string, size: number): number {
  const line = text.lastIndexOf("\n");
  if (line > size / 2) return line;
  const space = text.search(/\s\S*$/);
  if (space > size / 2) return space;
  for (const segmenter of [words, graphemes]) {
    // The segment that crosses the limit.
    const { index } = segmenter.segment(text).containing(size)!;
    if (index > 0) return index;
  }
  const isPair = /[\ud800-\udbff]/.test(text[size - 1]!) && /[\udc00-\udfff]/.test(text[size]!);
  return isPair ? size - 1 : size;
}
