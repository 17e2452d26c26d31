import type { ProviderError } from "../errors/provider-error.ts";
import { scrubbedError } from "../errors/scrubbed-error.ts";
import type { Scrub } from "../scrubber.ts";

/** The error of a response that leads elsewhere. Following it would hand the key and the prompt to whoever is named there. */
export function redirectError(
  provider: string,
  { url, model, scrub }: { url: string; model: string; scrub: Scrub },
  { status, headers }: Response,
): ProviderError {
  const location = headers.get("location") ?? "";
  const target = location !== "" && URL.canParse(location, url) ? new URL(location, url).origin : "another address";
  return scrubbedError(scrub, `${new URL(url).origin} redirects to ${target} (HTTP ${status}). It was not followed.`, {
    code: "invalid-response",
    provider,
    model: model || undefined,
    status,
    hint: `If ${target} is the endpoint you mean, set \`baseURL\` to it.`,
  });
}
