import type { Scrub } from "../scrubber.ts";
import { ProviderError, type ProviderErrorFields } from "./provider-error.ts";

/** The error with the secrets taken out of every field. All text of an endpoint or tool enters an error through here. */
export function scrubbedError(scrub: Scrub, message: string, fields: ProviderErrorFields): ProviderError {
  const { code, provider, ...rest } = fields;
  return new ProviderError(scrub(message), { ...scrub(rest), code, provider });
}
