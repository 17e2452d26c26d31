import type { ProviderOptions } from "@llm-provider/core";
import type { MockResponse } from "./mock-response.ts";

/** A request that a server received. */
export interface ReceivedRequest {
  readonly url: string;
  readonly method: string;
  /** In lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** Resolves when the client disconnects before the response is complete. */
  readonly disconnected: Promise<void>;
}

/** The response to every request, or a function of the request and its number, from 0. */
export type Handler = MockResponse | ((index: number, request: ReceivedRequest) => MockResponse);

/** A server made for one check. */
export interface MockServer {
  /** Options with which a provider reaches it. */
  readonly options: Pick<ProviderOptions, "baseURL" | "fetch">;
  readonly requests: readonly ReceivedRequest[];
}

/** A server behind the `fetch` option, without sockets. Each piece of a body is one read; delays are ignored. */
export function mockServer(
  script: Handler,
  baseURL?: string,
): MockServer & { readonly calls: readonly { url: unknown; init: RequestInit }[] } {
  const requests: ReceivedRequest[] = [];
  const calls: { url: unknown; init: RequestInit }[] = [];
  const fetch: NonNullable<ProviderOptions["fetch"]> = async (url, init) => {
    calls.push({ url, init });
    let leave!: () => void;
    const disconnected = new Promise<void>((resolve) => (leave = resolve));
    const { signal } = init;
    signal?.throwIfAborted();
    signal?.addEventListener("abort", leave, { once: true });
    const request: ReceivedRequest = {
      url: String(url),
      method: init.method ?? "GET",
      headers: Object.fromEntries(new Headers(init.headers)),
      text: typeof init.body === "string" || init.body instanceof URLSearchParams ? String(init.body) : "",
      disconnected,
    };
    const index = requests.push(request) - 1;
    return respond(typeof script === "function" ? script(index, request) : script, signal ?? undefined, leave);
  };
  return { options: { fetch, ...(baseURL !== undefined && { baseURL }) }, requests, calls };
}

async function respond(reply: MockResponse, signal: AbortSignal | undefined, leave: () => void): Promise<Response> {
  const { status, headers, pieces, reset, hang } = reply;
  if (reset)
    throw Object.assign(new TypeError("fetch failed"), {
      cause: Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }),
    });
  if (hang === "headers")
    await new Promise((_, reject) =>
      signal?.addEventListener("abort", () => reject(signal.reason as Error), { once: true }),
    );
  const flat = Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, String(one)]),
  );
  const body = [204, 205, 304].includes(status) ? null : stream(reply, pieces, signal, leave);
  return new Response(body, { status, headers: flat });
}

function stream(
  { cutAt = Number.POSITIVE_INFINITY, hang }: MockResponse,
  pieces: MockResponse["pieces"],
  signal: AbortSignal | undefined,
  leave: () => void,
): ReadableStream<Uint8Array> {
  if (Array.isArray(pieces) && cutAt === Number.POSITIVE_INFINITY && hang === undefined)
    return ready(pieces, signal, leave);
  const iterator = Symbol.asyncIterator in pieces ? pieces[Symbol.asyncIterator]() : pieces[Symbol.iterator]();
  let sent = 0;
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        signal?.addEventListener("abort", () => controller.error(signal.reason), { once: true });
      },
      async pull(controller) {
        if (hang === "body" && sent > 0) return new Promise(() => {});
        // A pull that enqueues no data is not repeated, so an empty piece must not end it.
        for (;;) {
          const { done, value } = await iterator.next();
          if (signal?.aborted) return undefined;
          if (done) return controller.close();
          const bytes = (typeof value === "string" ? Buffer.from(value) : value).subarray(0, cutAt - sent);
          sent += bytes.length;
          if (bytes.length > 0) controller.enqueue(new Uint8Array(bytes));
          if (sent >= cutAt) return controller.error(brokenOff());
          if (bytes.length > 0) return undefined;
        }
      },
      async cancel() {
        leave();
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

/** All pieces at once, each still one read: fast enough for one read per byte. */
function ready(
  pieces: readonly (string | Uint8Array)[],
  signal: AbortSignal | undefined,
  leave: () => void,
): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) {
        const bytes = typeof piece === "string" ? Buffer.from(piece) : piece;
        if (bytes.length > 0) controller.enqueue(new Uint8Array(bytes));
      }
      controller.close();
      signal?.addEventListener("abort", () => controller.error(signal.reason), { once: true });
    },
    cancel: leave,
  });
}

/** undici's error when the other side closes in the middle of a body. */
function brokenOff(): TypeError {
  const cause = Object.assign(new Error("other side closed"), { code: "UND_ERR_SOCKET" });
  return Object.assign(new TypeError("terminated"), { cause });
}
