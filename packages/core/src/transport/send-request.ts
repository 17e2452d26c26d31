import { connectionError } from "./connection-error.ts";
import type { Definition } from "../definition/definition.ts";
import { explain } from "../errors/explain.ts";
import { openBody, type OpenBody } from "./open-body.ts";
import { ProviderError } from "../errors/provider-error.ts";
import { readHeaders } from "./read-headers.ts";
import type { Scrub } from "../scrubber.ts";
import { watchRequest, type Watch } from "./watch-request.ts";

/** A successful response with an unread body, and its watch. */
export type OpenResponse = {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: OpenBody;
  readonly watch: Watch;
  readonly scrub: Scrub;
};

/** What one HTTP request needs; `headers` contain the key. */
export type Outgoing = {
  readonly url: string;
  readonly method: "POST" | "GET";
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly model: string;
  readonly scrub: Scrub;
};

/** How to send a request, and how long to wait for its answer (milliseconds). */
export interface Patience {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly timeout: number;
  readonly idleTimeout: number;
}

/** Sends one HTTP request; any status other than 2xx is thrown as an error. */
export async function sendRequest(
  definition: Definition,
  settings: Patience,
  outgoing: Outgoing,
  signal: AbortSignal | undefined,
): Promise<OpenResponse> {
  const { url, method, headers, model, scrub } = outgoing;
  const watch = watchRequest(definition.id, signal, settings.timeout, settings.idleTimeout);
  const toError = (error: unknown): Promise<ProviderError> => connectionError(definition.id, model, url, error, scrub);
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
    const context = { model, status, headers: received };
    const refusal = await explain(
      definition,
      context,
      scrub,
      () => import("./read-refusal.ts"),
      ({ readRefusal }) => readRefusal(definition, context, outgoing, response, body, settings.timeout),
    );
    body.cancel();
    throw refusal;
  } catch (error) {
    watch.done();
    throw ProviderError.is(error) ? error : (watch.reason ?? (await toError(error)));
  }
}
