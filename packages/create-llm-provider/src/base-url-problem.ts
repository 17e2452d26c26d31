import { firstKey, isLoopback } from "@llm-provider/core/internal";

/**
 * What is wrong with a URL that requests are sent to, as a sentence for a person, or `undefined`. `what` begins the
 * sentence. The value itself is not repeated: a URL with a password in it must not reach a log.
 */
export function baseURLProblem(text: string, what: string): string | undefined {
  if (!URL.canParse(text)) return `${what} is not a URL. Give one such as https://api.acme.ai/v1.`;
  const url = new URL(text);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url.hostname))) {
    return `${what} must begin with https:// (http:// is for this machine only, such as http://localhost:8080/v1).`;
  }
  if (url.username || url.password)
    return `${what} must not hold a user or a password. The key belongs in an environment variable.`;
  if (url.search || text.includes("?")) return `${what} must not have a query (the part from ? on).`;
  if (url.hash || text.includes("#")) return `${what} must not have a fragment (the part from # on).`;
  if (/\/chat\/completions\/*$/.test(url.pathname))
    return `${what} must not end in /chat/completions: that part is added to each request.`;
  if (firstKey(text)) return `${what} must not hold an API key. The key belongs in an environment variable.`;
  if (url.href.length > 250) return `${what} is longer than 250 characters.`;
  return undefined;
}
