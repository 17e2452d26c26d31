import { request as requestHttp, type ClientRequest, type IncomingMessage } from "node:http";
import { request as requestHttps } from "node:https";
import { pipeline, type Readable, type Transform } from "node:stream";
import { constants, createBrotliDecompress, createGunzip, createInflate } from "node:zlib";

/** The read half of a body, as core asks for it. */
type Read = { value: Uint8Array; done: false } | { value: undefined; done: true };

/**
 * `fetch` for the targets of a gateway, over Node's own client. All data that the socket delivers at once is one read, but the global
 * `fetch` gives a read for every HTTP chunk and makes a web stream around it: for a stream of 500 chunks that was a quarter of
 * a gateway's work. Redirects are never followed, and only a text can be sent: core needs no more.
 */
export function httpFetch(url: string, init: RequestInit): Promise<Response> {
  return new Promise((resolve, reject) => {
    send(url, init, true, (incoming) => resolve(toResponse(incoming)), reject);
  });
}

function send(
  url: string,
  init: RequestInit,
  mayRepeat: boolean,
  onResponse: (incoming: IncomingMessage) => void,
  onError: (error: Error) => void,
): void {
  const { method, headers, body, signal } = init;
  const start = url.startsWith("https:") ? requestHttps : requestHttp;
  const request: ClientRequest = start(url, {
    ...(method !== undefined && { method }),
    headers: headers as Record<string, string>,
    ...(signal && { signal }),
  });
  let isOver = false;
  request.once("response", (incoming) => {
    isOver = true;
    onResponse(incoming);
  });
  // The body reports a connection that breaks later, but an error without a listener would end the process.
  request.on("error", (error: NodeJS.ErrnoException) => {
    if (isOver) return;
    isOver = true;
    // The endpoint closed a kept connection just as it was used again: nothing was read, so the request is sent once more.
    const isStale = request.reusedSocket && error.code === "ECONNRESET" && mayRepeat && !signal?.aborted;
    if (isStale) send(url, init, false, onResponse, onError);
    else onError(error);
  });
  request.end(body as string | undefined);
}

/** The parts of a `Response` that core reads. */
function toResponse(incoming: IncomingMessage): Response {
  const status = incoming.statusCode ?? 0;
  const entries = Object.entries(incoming.headers).map(
    ([name, value]) => [name, Array.isArray(value) ? value.join(", ") : (value ?? "")] as const,
  );
  const headers = {
    get: (name: string) => entries.find(([known]) => known === name.toLowerCase())?.[1] ?? null,
    forEach: (take: (value: string, name: string) => void) => {
      for (const [name, value] of entries) take(value, name);
    },
  };
  const reader = new BodyReader(incoming, decoded(incoming));
  const body = { getReader: () => reader, cancel: () => reader.cancel() };
  return { status, ok: status >= 200 && status < 300, type: "default", headers, body } as unknown as Response;
}

/** No compression is requested, but some endpoints compress anyway. */
const decoders: { readonly [encoding: string]: () => Transform } = {
  gzip: () => createGunzip({ flush: constants.Z_SYNC_FLUSH }),
  deflate: () => createInflate({ flush: constants.Z_SYNC_FLUSH }),
  br: () => createBrotliDecompress({ flush: constants.BROTLI_OPERATION_FLUSH }),
};

function decoded(incoming: IncomingMessage): Readable {
  const encoding = incoming.headers["content-encoding"]?.trim().toLowerCase().replace(/^x-/, "") ?? "";
  if (!Object.hasOwn(decoders, encoding)) return incoming;
  // An error of either reaches the reader through the decoder.
  return pipeline(incoming, decoders[encoding]!(), () => {});
}

/** Reads a body: all available data at once, else the next piece. */
class BodyReader {
  readonly #incoming: IncomingMessage;
  readonly #body: Readable;
  #error: Error | undefined;
  #wake: (() => void) | undefined;

  constructor(incoming: IncomingMessage, body: Readable) {
    this.#incoming = incoming;
    this.#body = body;
    const wake = (): void => this.#wake?.();
    body.on("readable", wake).on("end", wake).on("close", wake);
    body.on("error", (error) => {
      this.#error = error;
      wake();
    });
  }

  async read(): Promise<Read> {
    for (;;) {
      const value = this.#body.read() as Uint8Array | null;
      if (value !== null) return { value, done: false };
      if (this.#error) throw this.#error;
      if (this.#body.readableEnded) return { value: undefined, done: true };
      if (this.#body.destroyed) throw new Error("The connection was closed before the answer had ended");
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  async cancel(): Promise<void> {
    this.#incoming.destroy();
  }
}
