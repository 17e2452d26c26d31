import type { Definition } from "../definition/definition.ts";
import { isLoopback } from "../is-loopback.ts";
import { ProviderError } from "../errors/provider-error.ts";

/** What a provider's and a tool's definition say of their address. */
type Endpoint = Pick<Definition, "id" | "name" | "auth"> & Partial<Pick<Definition, "baseURL">>;

/** The base URL without a slash at its end; throws where a key or a prompt could leak through it. The URL is not repeated: it may hold a secret. */
export function checkBaseURL(definition: Endpoint, text: string): string {
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
    return refuse("is no URL", `Give a whole one, such as ${definition.baseURL ?? "https://api.example.com/v1"}`);
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") refuse(`begins with ${url.protocol}`, "Use https.");
  if (url.protocol === "http:" && definition.auth !== "none" && !isLoopback(url.hostname)) {
    refuse(
      "is http on a public host, where anybody on the way can read the key",
      "Use https, or http on loopback only.",
    );
  }
  if (url.username || url.password) refuse("holds a user or password", "Give the key as `apiKey` instead.");
  // An empty one shows in the text alone.
  if (/[?#]/.test(text))
    refuse(
      "holds a query or a hash",
      "Leave off everything from the `?` or `#` on; send extra headers with `headers`.",
    );
  return url.href.replace(/\/+$/, "");
}
