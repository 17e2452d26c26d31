import type { RequestRecord } from "./request-record.ts";

/** Requests that are kept. */
const most = 200;

type Listener = (record: RequestRecord) => void;

/** The last requests, the newest last. A record is told when its request has ended. */
export class RequestLog {
  readonly #records: RequestRecord[] = [];
  readonly #listeners = new Set<Listener>();

  /** Keeps a record, which its request goes on writing. */
  add(record: RequestRecord): void {
    this.#records.push(record);
    if (this.#records.length > most) this.#records.shift();
  }

  /** Tells that the request of a record has ended. */
  end(record: RequestRecord): void {
    for (const listener of this.#listeners) listener(record);
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
