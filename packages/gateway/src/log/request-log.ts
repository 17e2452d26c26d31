import type { RequestRecord } from "./request-record.ts";

/** Requests that are kept. */
const most = 200;

/** What was sent and answered, where the configuration has it logged. */
export interface RequestContent {
  /** The messages and tools, or the texts of `embed`. */
  readonly input: unknown;
  /** As far as it came. */
  readonly answer: string;
}

/** A request that has ended. */
export interface EndedRequest {
  readonly record: RequestRecord;
  /** A header of the request. */
  readonly header: (name: string) => string | undefined;
  readonly content?: RequestContent;
}

type Listener = (ended: EndedRequest) => void;

/** The last requests, the newest last. A record is told when its request has ended. */
export class RequestLog {
  readonly #records: RequestRecord[] = [];
  readonly #listeners = new Set<Listener>();
  /** Those that have not ended. */
  readonly #running = new Set<RequestRecord>();
  #tellQuiet: () => void = () => {};

  /** Keeps a record, which its request continues to write. */
  add(record: RequestRecord): void {
    this.#running.add(record);
    this.#records.push(record);
    if (this.#records.length > most) this.#records.shift();
  }

  /** Tells that the request of a record has ended. */
  end(ended: EndedRequest): void {
    for (const listener of this.#listeners) listener(ended);
    this.#running.delete(ended.record);
    if (this.#running.size === 0) this.#tellQuiet();
  }

  /** Settles when every request has ended, or after this number of milliseconds. */
  async quiet(milliseconds: number): Promise<void> {
    if (this.#running.size === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#tellQuiet = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** The records that a client may see: its own, or all where clients have no names. */
  list(client: string | undefined): readonly RequestRecord[] {
    return client === undefined ? [...this.#records] : this.#records.filter((record) => record.client === client);
  }

  /** Calls the listener for each request that ends, until the function that it gives back is called. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
