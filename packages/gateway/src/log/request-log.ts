import type { RequestRecord } from "./request-record.ts";

/** The maximum number of records in the log. */
const most = 200;

/** The content of a request and its answer, if the configuration logs content. */
export interface RequestContent {
  /** The messages and tools, or the texts of `embed`. */
  readonly input: unknown;
  /** The text of the answer, or the part that arrived before it broke off. */
  readonly answer: string;
}

/** A request that has ended. */
export interface EndedRequest {
  readonly record: RequestRecord;
  /** Returns a header of the request. */
  readonly header: (name: string) => string | undefined;
  readonly content?: RequestContent;
}

type Listener = (ended: EndedRequest) => void;

/** Keeps the last requests, the newest last. Listeners are called when a request has ended. */
export class RequestLog {
  readonly #records: RequestRecord[] = [];
  readonly #listeners = new Set<Listener>();
  /** The records of requests that have not ended. */
  readonly #running = new Set<RequestRecord>();
  #tellQuiet: () => void = () => {};

  /** Adds a record, which its request continues to update. */
  add(record: RequestRecord): void {
    this.#running.add(record);
    this.#records.push(record);
    if (this.#records.length > most) this.#records.shift();
  }

  /** Marks a request as ended and calls the listeners. */
  end(ended: EndedRequest): void {
    for (const listener of this.#listeners) listener(ended);
    this.#running.delete(ended.record);
    if (this.#running.size === 0) this.#tellQuiet();
  }

  /** Resolves when all requests have ended, or after this many milliseconds. */
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

  /** Returns the records that a client may see: its own, or all records if clients have no names. */
  list(client: string | undefined): readonly RequestRecord[] {
    return client === undefined ? [...this.#records] : this.#records.filter((record) => record.client === client);
  }

  /** Calls the listener for each request that ends. Returns a function that removes the listener. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
