import type { Definition } from "../definition/definition.ts";
import { ProviderError } from "../errors/provider-error.ts";

/** The body as it is sent. A request that is no JSON (circular, a bigint) is refused here and not by the endpoint. */
export function toBodyText(definition: Definition, body: object): string {
  try {
    return JSON.stringify(body);
  } catch (error) {
    throw new ProviderError(
      `The request cannot be written as JSON: ${error instanceof Error ? error.message : error}`,
      {
        code: "invalid-request",
        provider: definition.id,
        hint: "Give numbers, texts, lists and plain objects only.",
      },
    );
  }
}
