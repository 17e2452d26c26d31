import type { ProviderError } from "../errors/provider-error.ts";
import { scrubbedError } from "../errors/scrubbed-error.ts";
import type { Scrub } from "../scrubber.ts";

/** The error of a request that got no answer, or lost it half way; `url` if it is known. No cause is kept: it may contain headers. */
export function networkError(
  provider: string,
  model: string,
  url: string | undefined,
  error: unknown,
  scrub: Scrub,
): ProviderError {
  const { code, text } = reasonOf(error);
  const origin = url === undefined ? undefined : new URL(url).origin;
  return scrubbedError(scrub, `The connection${origin ? ` to ${origin}` : ""} failed: ${text}.`, {
    code: "network",
    provider,
    model: model || undefined,
    retryable: true,
    hint: hintOf(code, origin),
  });
}

function reasonOf(error: unknown): { code: string; text: string } {
  const texts: string[] = [];
  let code = "";
  for (let one = error, depth = 0; one instanceof Error && depth < 5; one = one.cause, depth++) {
    if (one.message !== "") texts.push(one.message);
    if (code === "" && "code" in one && typeof one.code === "string") code = one.code;
  }
  if (texts.length === 0) texts.push(typeof error === "string" ? error : "it says no more");
  return {
    code,
    text: [...new Set(texts), ...(code !== "" && !texts.some((text) => text.includes(code)) ? [code] : [])].join(", "),
  };
}

function hintOf(code: string, origin = "this address"): string {
  if (code === "ECONNREFUSED")
    return `Nothing listens at ${origin}. Start the server there, or set \`baseURL\` to where it runs.`;
  if (code === "ENOTFOUND" || code === "EAI_AGAIN")
    return `The host name in ${origin} is not known. Check the base URL and the network.`;
  if (/CERT|SELF_SIGNED|TLS|SSL|UNABLE_TO/.test(code)) {
    return "The certificate is not trusted. Behind a proxy with a certificate of its own, name it in NODE_EXTRA_CA_CERTS.";
  }
  return "Try again; if it goes on, check the network, any proxy, and the endpoint's status page.";
}
