/** A stretch of a text: from `start` to before `end`. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** A sentence, without white space around it. */
export interface Sentence extends TextRange {
  /** It is a paragraph of its own, and leads to the next one. */
  readonly isHeading: boolean;
}

/** Characters that are segmented at once: a longer paragraph takes several steps. */
const blockSize = 16_384;
const sentences = new Intl.Segmenter(undefined, { granularity: "sentence" });
const words = new Intl.Segmenter(undefined, { granularity: "word" });
const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
/** One line, underlined or not, that ends like a title. */
const heading = /^[^\n]{0,119}[^\n.!…。！,;、]\**(?:\n[=~^"#*-]{3,})?$/u;

/**
 * The sentences of a text, in order: all of it except white space. None crosses a blank line. A line break is a space to it, since
 * lines are broken at a width; but what is longer than `size` is divided at its lines, then between words, then between characters.
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

/** In steps, since the segmenter copies a text. The last sentence of a step may be cut off, and begins the next step. */
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

/** Pieces of no more than `size`: as long as they can be. */
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

/** How much of a text, which is longer than `size`, to take: to a line's end or a space in its second half, else whole words, else whole characters. */
function lengthOfPiece(text: string, size: number): number {
  const line = text.lastIndexOf("\n");
  if (line > size / 2) return line;
  const space = text.search(/\s\S*$/);
  if (space > size / 2) return space;
  for (const segmenter of [words, graphemes]) {
    // The segment that reaches over the end.
    const { index } = segmenter.segment(text).containing(size)!;
    if (index > 0) return index;
  }
  const isPair = /[\ud800-\udbff]/.test(text[size - 1]!) && /[\udc00-\udfff]/.test(text[size]!);
  return isPair ? size - 1 : size;
}
