import { ProviderError } from "./provider-error.ts";

/** A failure in a sentence for a model or a person: what happened and what to do. Without stack, cause, our docs link and advice on the tool's own code. */
export function errorSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const text = /[.!?…]$/.test(message) ? message : `${message}.`;
  const advice = ProviderError.is(error) && error.code !== "tool-failed" ? error.hint : undefined;
  return advice ? `${text} ${advice}` : text;
}
