import type { Io } from "./io.ts";
import { usageError } from "./usage-error.ts";

/** The prompt from the words of the command line, else from stdin. */
export async function readPrompt(words: readonly string[], io: Io): Promise<string> {
  const prompt = words.length > 0 ? words.join(" ") : io.hasInput ? await io.stdin() : "";
  if (prompt.trim() === "") throw usageError("There is no prompt. Write it after the provider, or pipe it in.");
  return prompt;
}
