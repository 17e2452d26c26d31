import type { ProviderOptions } from "@llm-provider/core";

type Fetch = NonNullable<ProviderOptions["fetch"]>;
type Reader = ReadableStreamDefaultReader<Uint8Array>;

/** How many bytes of a body are kept. */
export const mostBytes: number = 1024 * 1024;
/** How many reads are stored separately. Beyond that, pairs are merged. */
const mostReads = 4000;

/** One HTTP request of an attempt. It only keeps references, since any other work would delay the answer. */
export class Exchange {
  readonly url: string;
  /** They still contain the key. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Milliseconds since the request began, like all times here. */
  readonly at: number;
  status: number | undefined;
  responseHeaders: Readonly<Record<string, string>> = {};
  /** The data that was read, up to `mostBytes`. */
  pieces: Uint8Array[] = [];
  /** The time and the length of each read. */
  times: number[] = [];
  sizes: number[] = [];
  /** The length of the whole body. */
  bytes = 0;
  /** When the body ended, was cancelled, or broke off. */
  endedAt: number | undefined;
  /** Why the answer is missing or incomplete. */
  fault: string | undefined;
  #kept = 0;
  readonly #now: () => number;
  readonly #onNews: () => void;

  constructor(url: string, init: RequestInit, now: () => number, onNews: () => void) {
    this.url = url;
    this.headers = (init.headers ?? {}) as Record<string, string>;
    this.body = typeof init.body === "string" ? init.body : "";
    this.at = now();
    this.#now = now;
    this.#onNews = onNews;
  }

  /** Sends the request and records the response. */
  async send(fetch: Fetch, init: RequestInit): Promise<Response> {
    try {
      return this.#watch(await fetch(this.url, init));
    } catch (error) {
      this.end(error instanceof Error ? error.name : "Error");
      throw error;
    }
  }

  end(fault?: string): void {
    if (this.endedAt !== undefined) return;
    this.endedAt = this.#now();
    this.fault = fault;
    this.#onNews();
  }

  /** Bytes in memory. */
  get weight(): number {
    return this.body.length + this.#kept;
  }

  /** Wraps the parts of a `Response` that core reads. */
  #watch({ status, ok, type, headers, body }: Response): Response {
    this.status = status;
    const received: Record<string, string> = {};
    headers.forEach((value, name) => (received[name] = value));
    this.responseHeaders = received;
    if (!body) this.end();
    const watched = body && {
      getReader: () => this.#watchReader(body.getReader()),
      cancel: (reason?: unknown) => {
        this.end("left");
        return body.cancel(reason);
      },
    };
    return { status, ok, type, headers, body: watched } as unknown as Response;
  }

  #watchReader(reader: Reader): Pick<Reader, "read" | "cancel"> {
    const note = (read: ReadableStreamReadResult<Uint8Array>): typeof read => {
      if (read.done) this.end();
      else this.#take(read.value);
      return read;
    };
    const fail = (error: unknown): never => {
      this.end(error instanceof Error ? error.name : "Error");
      throw error;
    };
    return {
      read: () => reader.read().then(note, fail),
      cancel: (reason) => {
        this.end("left");
        return reader.cancel(reason);
      },
    };
  }

  #take(bytes: Uint8Array): void {
    this.bytes += bytes.length;
    this.times.push(this.#now());
    this.sizes.push(bytes.length);
    if (this.times.length > mostReads) this.#join();
    if (this.#kept < mostBytes) {
      const kept = bytes.length > mostBytes - this.#kept ? bytes.slice(0, mostBytes - this.#kept) : bytes;
      this.pieces.push(kept);
      this.#kept += kept.length;
    }
    this.#onNews();
  }

  #join(): void {
    this.times = this.times.filter((_, index) => index % 2 === 0);
    this.sizes = this.sizes.flatMap((size, index) => (index % 2 === 0 ? [size + (this.sizes[index + 1] ?? 0)] : []));
  }
}
