import { firstKey, isLoopback, isPrivateHost } from "@llm-provider/core/internal";

/**
 * The problem of a URL for requests, as a sentence for a person, or `undefined`. `what` begins the
 * sentence. The value itself is not repeated: a URL with a password in it must not reach a log.
 */
export function addressProblem(text: string, what: string): string | undefined {
  if (!URL.canParse(text)) return `${what} is not a URL. Give one such as https://api.acme.ai/v1.`;
  const url = new URL(text);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isNear(url.hostname))) {
    return `${what} must begin with https:// (http:// is for this machine and private networks, such as http://localhost:8080/v1).`;
  }
  if (url.username || url.password)
    return `${what} must not contain a user or a password. The key belongs in an environment variable.`;
  if (url.search || text.includes("?")) return `${what} must not have a query (the part from ? on).`;
  if (url.hash || text.includes("#")) return `${what} must not have a fragment (the part from # on).`;
  if (/\/chat\/completions\/*$/.test(url.pathname))
    return `${what} must not end in /chat/completions: that part is added to each request.`;
  if (firstKey(text)) return `${what} must not contain an API key. The key belongs in an environment variable.`;
  if (url.href.length > 250) return `${what} is longer than 250 characters.`;
  return undefined;
}

/** Does the address use the network without TLS? No key may be sent there. */
export function isPlainHTTP(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === "http:" && !isLoopback(hostname);
}

/** `new URL` drops tabs and line breaks and encodes quotes and braces, so its text is written instead of the raw one. */
export function withoutEndSlash(text: string): string {
  return new URL(text).href.replace(/\/+$/, "");
}

/** This machine or a private network. Link-local addresses are where clouds serve secrets to their machines. */
function isNear(hostname: string): boolean {
  return isLoopback(hostname) || (isPrivateHost(hostname) && !/^(169\.254\.|\[?fe80)/i.test(hostname));
}
