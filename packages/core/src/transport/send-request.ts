import { classifyError } from "../errors/classify-error.ts";
import type { Definition } from "../definition/definition.ts";
import type { Json } from "../json.ts";
import { networkError } from "./network-error.ts";
import type { Prepared } from "../chat/provider.ts";
import { ProviderError } from "../errors/provider-error.ts";
import { readHeaders } from "./read-headers.ts";
import type { Settings } from "../chat/settings.ts";
import { watchRequest, type Watch } from "./watch-request.ts";

/** A response that is no error, its body still to be read, and what guards it. */
export type OpenResponse = {
  readonly url: string;
  readonly response: Response;
  readonly headers: Record<string, string>;
  readonly watch: Watch;
  readonly scrub: <T>(value: T) => T;
};

/** What one HTTP request needs; `headers` hold the key. */
export type Outgoing = {
  readonly url: string;
  readonly method: "POST" | "GET";
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly model: string;
  readonly scrub: <T>(value: T) => T;
};

/** Characters of an error body that are kept. */
const longestErrorBody = 1024 * 1024;

/** Sends one HTTP request; anything but a 2xx is thrown as what it means. */
export async function sendRequest(
  definition: Definition,
  settings: Settings,
  outgoing: Outgoing,
  signal: AbortSignal | undefined,
): Promise<OpenResponse> {
  const { url, method, headers, body, model, scrub } = outgoing;
  const watch = watchRequest(definition.id, signal, settings.timeout, settings.idleTimeout);
  try {
    if (watch.reason) throw watch.reason;
    const init: RequestInit = {
      method,
      headers,
      redirect: "manual",
      signal: watch.signal,
      ...(body !== undefined && { body }),
    };
    const response = await watch.race(settings.fetch(url, init));
    const received = readHeaders(response.headers);
    if (response.ok) return { url, response, headers: scrub(received), watch, scrub };
    if (response.type === "opaqueredirect" || (response.status >= 300 && response.status < 400))
      throw redirected(definition, model, url, response, received);
    const text = (await watch.race(response.text())).slice(0, longestErrorBody);
    const context = { model, status: response.status, headers: received };
    throw classifyError(definition, parseLoosely(text), context, scrub);
  } catch (error) {
    watch.done();
    if (watch.reason) throw watch.reason;
    throw ProviderError.is(error) ? error : networkError(definition.id, model, url, error, scrub);
  }
}

/** The headers of a request as a person may see them. */
export function redactHeaders(
  definition: Definition,
  headers: Record<string, string>,
  scrub: Outgoing["scrub"],
): Prepared["headers"] {
  const keyHeader =
    definition.auth === "none" ? "authorization" : (definition.auth.header?.toLowerCase() ?? "authorization");
  return Object.fromEntries(
    Object.entries(scrub(headers)).map(([name, value]) => [
      name,
      name === keyHeader || secretHeader.test(name) ? "[redacted]" : value,
    ]),
  );
}

/** Names of headers that hold secrets. */
export const secretHeader: RegExp = /authorization|cookie|token|secret|api-?key|(^|-)key$/i;

/** JSON whatever the content type says: error bodies come as text/plain, octet-stream, or nothing at all. */
function parseLoosely(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** Following it would hand the key and the prompt to whoever is named there. */
function redirected(
  definition: Definition,
  model: string,
  url: string,
  response: Response,
  headers: Record<string, string>,
): ProviderError {
  void response.body?.cancel().catch(() => {});
  const target = URL.canParse(headers["location"] ?? "", url)
    ? new URL(headers["location"]!, url).origin
    : "another address";
  return new ProviderError(
    `${new URL(url).origin} redirects to ${target} (HTTP ${response.status}). It was not followed.`,
    {
      code: "invalid-response",
      provider: definition.id,
      model: model || undefined,
      status: response.status,
      hint: `If ${target} is the endpoint you mean, set \`baseURL\` to it.`,
    },
  );
}
