import type { UiParameters } from "../simulate-request.ts";

/** What a person can set in LibreChat for a custom endpoint and what may then be on the wire; the values are ordinary. */
export function sendableParameters(model: string): UiParameters {
  return {
    model,
    temperature: 0.7,
    top_p: 0.9,
    frequency_penalty: 0.5,
    presence_penalty: 0.5,
    max_tokens: 1000,
    stop: ["END"],
  };
}
