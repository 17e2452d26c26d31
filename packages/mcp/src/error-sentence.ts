import { ProviderError } from "@llm-provider/core";

/** What a model, or a person, is told about a failure: what happened and what to do. No stack, no cause. */
export function errorSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const text = /[.!?…]$/.test(message) ? message : `${message}.`;
  return ProviderError.is(error) && error.hint ? `${text} ${error.hint}` : text;
}
