import { classifyError } from "../errors/classify-error.ts";
import type { Definition } from "../definition/definition.ts";
import type { Json } from "../json.ts";
import { networkError } from "./network-error.ts";
import { openBody, type OpenBody } from "./open-body.ts";
import { ProviderError } from "../errors/provider-error.ts";
import { readHeaders } from "./read-headers.ts";
import { readText } from "./read-text.ts";
import { redirectError } from "./redirect-error.ts";
import type { Scrub } from "../scrubber.ts";
import { longestTimer, watchRequest, type Watch } from "./watch-request.ts";

/** A response that is no error, its body still to be read, and what guards it. */
export type OpenResponse = {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: OpenBody;
  readonly watch: Watch;
  readonly scrub: Scrub;
};

/** What one HTTP request needs; `headers` hold the key. */
export type Outgoing = {
  readonly url: string;
  readonly method: "POST" | "GET";
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly model: string;
  readonly scrub: Scrub;
};

/** How a request is sent, and how long its answer is waited for (milliseconds). */
export interface Patience {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly timeout: number;
  readonly idleTimeout: number;
}

/** Characters of an error body that are kept. */
const longestErrorBody = 256 * 1024;

/** Sends one HTTP request; anything but a 2xx is thrown as what it means. */
export async function sendRequest(
  definition: Definition,
  settings: Patience,
  outgoing: Outgoing,
  signal: AbortSignal | undefined,
): Promise<OpenResponse> {
  const { url, method, headers, model, scrub } = outgoing;
  const watch = watchRequest(definition.id, signal, settings.timeout, settings.idleTimeout);
  const toError = (error: unknown): ProviderError => networkError(definition.id, model, url, error, scrub);
  try {
    if (watch.reason) throw watch.reason;
    const init: RequestInit = {
      method,
      headers,
      redirect: "manual",
      signal: watch.signal,
      ...(outgoing.body !== undefined && { body: outgoing.body }),
    };
    const response = await watch.race(settings.fetch(url, init), (late) => void late.body?.cancel().catch(() => {}));
    const { status } = response;
    const received = scrub(readHeaders(response.headers));
    const body = openBody(response, watch, toError);
    if (response.ok) return { status, headers: received, body, watch, scrub };
    const redirect = redirectError(definition.id, outgoing, response);
    if (redirect) {
      body.cancel();
      throw redirect;
    }
    const text = await readErrorBody(body, settings.timeout);
    throw classifyError(definition, parseLoosely(text), { model, status, headers: received }, scrub);
  } catch (error) {
    watch.done();
    throw ProviderError.is(error) ? error : (watch.reason ?? toError(error));
  }
}

/** The status says enough: a body that breaks off or falls silent is taken as far as it came. */
async function readErrorBody(body: OpenBody, timeout: number): Promise<string> {
  const into = { text: "" };
  // A body that drips is never silent for long: all of it has one limit.
  const timer = setTimeout(body.cancel, Math.min(timeout, longestTimer));
  try {
    return await readText(body, longestErrorBody, into);
  } catch (error) {
    if (ProviderError.is(error) && error.code === "aborted") throw error;
    return into.text;
  } finally {
    clearTimeout(timer);
  }
}

/** JSON whatever the content type says: error bodies come as text/plain, octet-stream, or nothing at all. */
export function parseLoosely(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
