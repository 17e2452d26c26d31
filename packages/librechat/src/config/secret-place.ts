import { isKeyName } from "@llm-provider/core/internal";
import type { Path } from "./config-path.ts";

/** The keys of `webSearch` whose value LibreChat takes from a variable (read in librechat-data-provider 0.8.524, config.ts). */
export const webSearchVariables: ReadonlySet<string> = new Set(
  `serperApiKey searxngInstanceUrl searxngApiKey firecrawlApiKey firecrawlApiUrl firecrawlVersion tavilyApiKey
   tavilySearchUrl tavilyExtractUrl keenableApiKey keenableApiUrl jinaApiKey jinaApiUrl cohereApiKey`
    .trim()
    .split(/\s+/),
);

/** Is this a place for a key, a URL or a header: where LibreChat expands variables and where secrets end up? */
export function isSecretPlace(path: Path): boolean {
  const [top, second] = path;
  const last = String(path.at(-1));
  if (top === "endpoints" && second === "custom") return ["apiKey", "baseURL"].includes(last) || path[3] === "headers";
  if (top === "mcpServers")
    return (
      ["env", "headers", "requestHeaders", "args", "oauth", "apiKey"].includes(String(path[2])) ||
      ["url", "proxy"].includes(last)
    );
  if (top === "webSearch" && path.length === 2) return webSearchVariables.has(last);
  return isKeyPlace(path);
}

/** Is this a place for a key and nothing else? */
export function isKeyPlace(path: Path): boolean {
  return isKeyName(String(path.at(-1)));
}

/** The place of the item before this one in a list. */
export function previous(path: Path): Path {
  const last = path.at(-1);
  return typeof last === "number" ? [...path.slice(0, -1), last - 1] : path;
}

/** A variable with such an ending contains a secret; `TOKEN_LIMIT` and `--token-file` do not. */
const secretName = /(?:pass(?:w(?:or)?d|phrase)?|pwd|secret|token|credentials?|api[-_]?key|auth)$/i;
/** An address, a file, a number or a switch is not a secret. */
const openValue = /^(?:[a-z]+:\/\/[^@]*$|[./~]|-|\d+$|true$|false$)/i;

/**
 * Does a variable, an argument or the key of an MCP server contain a secret in plain text? An argument does by its own name, as in
 * `--password=…`, or by the one before it.
 */
export function isServerSecret(path: Path, value: string, before?: unknown): boolean {
  if (path[0] !== "mcpServers" || isReference(value)) return false;
  const holds = (name: string, own: string): boolean =>
    secretName.test(name) && own.trim().length >= 8 && !openValue.test(own) && !isReference(own);
  if (path[2] === "env") return holds(String(path.at(-1)), value);
  if (path[2] === "apiKey" && path[3] === "key") return holds("apiKey", value);
  if (path[2] !== "args") return false;
  const [, option = String(before ?? ""), own = value] = /^(-[^=\s]+)=(.+)$/s.exec(value) ?? [];
  return option.startsWith("-") && holds(option, own);
}

/** Headers that carry no secret, whatever their value. */
const openHeaders =
  /^(accept.*|content-.*|user-agent|http-referer|referer|origin|x-title|cache-control|.*version|.*model.*|.*provider|.*config|.*metadata|.*trace.*|.*user.*|.*mode|.*region|.*tags?|.*beta)$/i;

/** Does a header, by its name or by the look of its value, contain a secret in plain text? */
export function isHeaderSecret(path: Path, value: string): boolean {
  if (!isHeaderPlace(path) || isReference(value) || value.trim().length < 8) return false;
  const name = String(path.at(-1));
  if (isKeyName(name) || /pass|secret|token|cookie|session|auth|credential|\bkey/i.test(name)) return true;
  const isRandom = /^[\w.+/=-]{20,}$/.test(value) && /\d/.test(value) && /[a-z]/.test(value) && /[A-Z]/.test(value);
  return isRandom && !openHeaders.test(name);
}

/** Is this the value of a header? */
export function isHeaderPlace(path: Path): boolean {
  return path.slice(0, -1).some((step) => ["headers", "requestHeaders", "additionalHeaders"].includes(String(step)));
}

/** A value that names where its secret is: a variable, a placeholder, or `user_provided`, with little else around it. */
export function isReference(value: string): boolean {
  if (value === "user_provided") return true;
  const literal = value.replaceAll(/\$+\{[^}]*\}|\{\{[^}]*\}\}|\$[A-Za-z_]\w*/g, "");
  return literal !== value && literal.replace(/^\s*(Bearer|Basic|Token)\s/i, "").trim().length < 8;
}
