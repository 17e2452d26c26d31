/** A token of English text has about this many characters. */
export const charactersPerToken = 4;
/** An image in a message counts as this many characters, since its bytes are not text. */
const charactersPerImage = 4000;

/** The approximate number of tokens in a text, or in all texts of a JSON value. */
export function estimateTokens(value: unknown): number {
  let characters = 0;
  // A list instead of recursion: a caller may nest as deeply as it likes.
  const rest: unknown[] = [value];
  while (rest.length > 0) {
    const one = rest.pop();
    if (typeof one === "string") characters += one.startsWith("data:") ? charactersPerImage : one.length;
    else if (Array.isArray(one)) for (const item of one) rest.push(item);
    else if (typeof one === "object" && one !== null)
      for (const [key, inner] of Object.entries(one)) {
        characters += key.length + charactersPerToken;
        rest.push(inner);
      }
    else characters += charactersPerToken;
  }
  return Math.ceil(characters / charactersPerToken);
}
