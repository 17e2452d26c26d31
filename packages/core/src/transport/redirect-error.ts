import type { ProviderError } from "../errors/provider-error.ts";
import { scrubbedError } from "../errors/scrubbed-error.ts";
import type { Scrub } from "../scrubber.ts";

/** The error for a redirect. Following it would send the key and the prompt to another host. */
export function redirectError(
  provider: string,
  { url, model, scrub }: { url: string; model: string; scrub: Scrub },
  { status, headers }: Response,
): ProviderError {
  const location = headers.get("location") ?? "";
  const target = location !== "" && URL.canParse(location, url) ? new URL(location, url).origin : "another address";
  return scrubbedError(
    scrub,
    `${new URL(url).origin} redirects to ${target} (HTTP ${status}). The redirect was not followed.`,
    {
      code: "invalid-response",
      provider,
      model: model || undefined,
      status,
      hint: `If ${target} is the endpoint you mean, set \`baseURL\` to it.`,
    },
  );
}
