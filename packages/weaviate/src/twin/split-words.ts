/** Weaviate's `word` tokenization: lower case, split at everything except letters and digits. */
export function splitWords(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}
