import { DocumentError } from "./document-error.ts";

/** The error for a file whose text is too long. */
export function tooManyCharacters(name: string, most: number): DocumentError {
  const bound = most.toLocaleString("en-US");
  return new DocumentError("too-large", `${name} has more than ${bound} characters. Split it into smaller files.`);
}
