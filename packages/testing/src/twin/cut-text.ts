const segmenter = new Intl.Segmenter("en", { granularity: "word" });

/** A text in pieces of about a word, as endpoints send it. Joined they are the text. */
export function cutText(text: string): string[] {
  const pieces: string[] = [];
  for (const { segment } of segmenter.segment(text)) {
    const last = pieces.at(-1);
    // Spaces go with the word after them, as tokens do.
    if (last !== undefined && last.trim() === "") pieces[pieces.length - 1] = last + segment;
    else pieces.push(segment);
  }
  return pieces;
}
