import type { Definition } from "../definition/definition.ts";
import { endpointURL } from "./endpoint-url.ts";
import { isLoopback } from "../is-loopback.ts";
import { ProviderError } from "../errors/provider-error.ts";

/** What the definition of a provider or a tool says about its address. */
type Endpoint = Pick<Definition, "id" | "name"> & Partial<Pick<Definition, "baseURL">>;

interface Limits {
  /** A key or another secret goes out with the request, so http is for loopback only. */
  readonly sendsSecret: boolean;
  /** @default false */
  readonly refusesQuery?: boolean;
}

/**
 * The base URL without a slash at the end of its path; throws if a key or a prompt could leak through it. The message does
 * not repeat the URL, which may contain a secret.
 */
export function checkBaseURL(definition: Endpoint, text: string, { sendsSecret, refusesQuery }: Limits): string {
  const refuse = (problem: string, hint: string): never => {
    throw new ProviderError(`The base URL of ${definition.name} ${problem}.`, {
      code: "invalid-request",
      provider: definition.id,
      hint,
    });
  };
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return refuse("is not a URL", `Give a whole one, such as ${definition.baseURL ?? "https://api.example.com/v1"}`);
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") refuse(`begins with ${url.protocol}`, "Use https.");
  if (url.protocol === "http:" && sendsSecret && !isLoopback(url.hostname))
    refuse(
      "is http on another host, where anybody on the way can read the key",
      "Use https, or http on loopback. Without a key and secret headers, http is allowed.",
    );
  if (url.username || url.password) refuse("contains a user or password", "Give the key as `apiKey` instead.");
  // An empty hash is visible only in the text.
  if (text.includes("#")) refuse("contains a hash", "Leave off everything from the `#` on.");
  if (refusesQuery && text.includes("?")) refuse("contains a query", "Leave off everything from the `?` on.");
  return endpointURL(url.origin + url.pathname + url.search, "");
}
