import { ProviderError } from "../errors/provider-error.ts";

/** The error of a response that leads elsewhere, if it does. Following it would hand the key and the prompt to whoever is named there. */
export function redirectError(
  provider: string,
  { url, model, scrub }: { url: string; model: string; scrub: <T>(value: T) => T },
  { type, status, headers }: Response,
): ProviderError | undefined {
  if (type !== "opaqueredirect" && (status < 300 || status >= 400)) return undefined;
  const location = headers.get("location") ?? "";
  const target =
    location !== "" && URL.canParse(location, url) ? scrub(new URL(location, url).origin) : "another address";
  return new ProviderError(`${new URL(url).origin} redirects to ${target} (HTTP ${status}). It was not followed.`, {
    code: "invalid-response",
    provider,
    model: model || undefined,
    status,
    hint: `If ${target} is the endpoint you mean, set \`baseURL\` to it.`,
  });
}
