const segmenter = new Intl.Segmenter("en", { granularity: "word" });
const enough = 10;

/** A text in pieces of a word or two, as endpoints send it. Joined they are the text. */
export function cutText(text: string): string[] {
  const pieces: string[] = [];
  for (const { segment } of segmenter.segment(text)) {
    const last = pieces.at(-1);
    if (last !== undefined && last.length < enough) pieces[pieces.length - 1] = last + segment;
    else pieces.push(segment);
  }
  return pieces;
}
