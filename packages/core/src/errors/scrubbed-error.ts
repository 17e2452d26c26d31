import type { Scrub } from "../scrubber.ts";
import { ProviderError, type ProviderErrorFields } from "./provider-error.ts";

/** The error with the secrets taken out of every field: the one way for words of an endpoint or of a tool into an error. */
export function scrubbedError(scrub: Scrub, message: string, fields: ProviderErrorFields): ProviderError {
  const { code, provider, ...rest } = fields;
  return new ProviderError(scrub(message), { ...scrub(rest), code, provider });
}
