import type { Definition, Json } from "@llm-provider/core";
import type { Interaction } from "./cassette.ts";
import { storeBytes } from "./recorded-response.ts";
import { readJson } from "../read-json.ts";

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Milliseconds to wait for an unfinished body. */
const patience = 1000;

/** A fetch that records its traffic. */
export interface Recorder {
  readonly fetch: Fetch;
  /** All exchanges, in the order of the requests, once each body has ended or was abandoned. */
  interactions(): Promise<Interaction[]>;
}

/**
 * Records by a tee in the injected fetch: every read is passed on as soon as it comes, so the consumer never waits, and a
 * stream that is cut or abandoned is recorded as far as it came. `fetch` on Node 24 does not know sockets or who
 * opened them first, so nothing is lost on a warm connection.
 */
export function createRecorder(
  options: { fetch?: Fetch; definition?: Definition; keepsHeaders?: boolean; keepsServer?: boolean } = {},
): Recorder {
  const send = options.fetch ?? ((url, init) => globalThis.fetch(url, init));
  const exchanges: { ended: Promise<Interaction>; leave?: () => void }[] = [];
  return {
    fetch(url, init) {
      let done!: (interaction: Interaction) => void;
      const entry: (typeof exchanges)[number] = { ended: new Promise((resolve) => (done = resolve)) };
      exchanges.push(entry);
      return exchange(url, init, done, (leave) => (entry.leave = leave));
    },
    async interactions() {
      // A body that nobody reads to its end or cancels was abandoned.
      const timer = setTimeout(() => exchanges.forEach(({ leave }) => leave?.()), patience);
      const all = await Promise.all(exchanges.map(({ ended }) => ended));
      clearTimeout(timer);
      return all;
    },
  };

  async function exchange(
    url: string,
    init: RequestInit,
    done: (interaction: Interaction) => void,
    onLeave: (leave: () => void) => void,
  ): Promise<Response> {
    const { pathname, search } = new URL(url);
    const request = {
      scope: scopeOf(url),
      method: (init.method ?? "GET").toUpperCase(),
      path: pathname + search,
      body: bodyOf(init.body),
      ...(options.keepsHeaders && { requestHeaders: sentHeaders(new Headers(init.headers)) }),
    };
    const unanswered = { status: 0, response: "", rawHeaders: [], reads: "" };
    let response: Response;
    try {
      response = await send(url, init);
    } catch (error) {
      done({ ...request, ...unanswered, ended: `error:${codeOf(error)}` });
      throw error;
    }
    const pieces: Uint8Array[] = [];
    const reads: string[] = [];
    const began = performance.now();
    const finish = (ended: Interaction["ended"]): void => {
      const head = {
        status: response.status,
        ...storeBytes(Buffer.concat(pieces)),
        rawHeaders: keptHeaders(response.headers, options.definition, options.keepsServer),
      };
      done({ ...request, ...head, reads: reads.join(" "), ended });
    };
    onLeave(() => finish("cancelled"));
    if (response.body === null) {
      finish("eof");
      return response;
    }
    const body = tee(response.body, finish, (piece) => {
      pieces.push(piece);
      reads.push(`${Math.round(performance.now() - began)}:${piece.length}`);
    });
    const { status, statusText, headers } = response;
    return new Response(body, { status, statusText, headers });
  }
}

/** Where a request goes, as a cassette names it: with the port. */
export function scopeOf(url: string): string {
  const { origin, protocol, port } = new URL(url);
  return port === "" ? `${origin}:${protocol === "https:" ? 443 : 80}` : origin;
}

/** Passes each read on and reports how the body ended. Pulls only when it is pulled. */
function tee(
  source: ReadableStream<Uint8Array>,
  finish: (ended: Interaction["ended"]) => void,
  keep: (piece: Uint8Array) => void,
): ReadableStream<Uint8Array> {
  const reader = source.getReader();
  let isLeft = false;
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (!done && isLeft) return finish("cancelled");
          if (!done) {
            // A copy: the reader may transfer the buffer.
            keep(value.slice());
            return controller.enqueue(value);
          }
          finish("eof");
          if (!isLeft) controller.close();
        } catch (error) {
          finish(isAbort(error) ? "cancelled" : `error:${codeOf(error)}`);
          controller.error(error);
        }
      },
      async cancel(reason) {
        isLeft = true;
        finish((await endsByItself(reader)) ? "eof" : "cancelled");
        await reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

/**
 * A client that has everything waits a little for the end of the body, and then cancels. Whether the end comes in time depends on
 * how busy this machine is, not on the endpoint, so the recorder waits for it.
 */
async function endsByItself(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>((resolve) => {
    // One more turn, so that everything that arrived while this machine was busy is read first.
    timer = setTimeout(() => (timer = setTimeout(() => resolve(false), 0)), patience);
  });
  const end = reader.read().then(
    ({ done }) => done,
    () => false,
  );
  const isEnded = await Promise.race([end, late]);
  clearTimeout(timer);
  return isEnded;
}

/** A body as it is written to a cassette. */
export function bodyOf(body: RequestInit["body"]): Json {
  const text = body instanceof URLSearchParams ? String(body) : body;
  if (typeof text !== "string") return "";
  const json = readJson(text);
  return json === undefined ? text : json;
}

/** The request headers as they are written to a cassette: without the version of the sender. */
export function sentHeaders(headers: Headers): { [name: string]: string } {
  return Object.fromEntries([...headers].filter(([name]) => name !== "user-agent"));
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === "AbortError" || error.name === "TimeoutError");
}

function codeOf(error: unknown): string {
  const { code, cause, name } = (error ?? {}) as { code?: unknown; cause?: unknown; name?: unknown };
  if (typeof code === "string") return code;
  return cause === undefined ? String(name) : codeOf(cause);
}

const always =
  /^(content-type|date|retry-after(-ms)?|x-should-retry|x-?ratelimit-.*|(x-)?request-id|location|set-cookie)$/;

/**
 * The response headers that a cassette keeps: an allow-list, because headers name accounts, projects and machines. Cookies
 * keep their place and lose their value. Name, value, name, value; a header that was sent twice is kept twice.
 */
export function keptHeaders(headers: Headers, definition: Definition | undefined, keepsServer = false): string[] {
  const { limits, metadata = [] } = definition ?? {};
  const named = [
    limits?.requestId,
    ...Object.keys(limits?.headers ?? {}),
    ...metadata.filter((name) => name.startsWith("header:")).map((name) => name.slice(7)),
  ];
  const own = new Set([...named.map((name) => name?.toLowerCase()), keepsServer ? "server" : undefined]);
  const kept: string[] = [];
  for (const [name, value] of headers) {
    if (!always.test(name) && !own.has(name)) continue;
    kept.push(name, name === "set-cookie" ? value.replace(/=[^;]*/, "=[scrubbed]") : value);
  }
  return kept;
}
