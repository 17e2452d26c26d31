import type { ServerResponse } from "node:http";
import type { InspectorSource } from "./inspector-source.ts";

/** Milliseconds between two events to one reader. */
const pace = 50;
/** Milliseconds between two comments that keep a connection alive. */
const heartbeat = 15_000;
/** Milliseconds after which a reader that does not read is disconnected. */
const patience = 60_000;
/** The most concurrent connections. A further one closes the oldest. */
const mostReaders = 16;

/** Sends the rows of changed requests to all open lists. */
export class Feed {
  readonly #source: InspectorSource;
  readonly #readers = new Set<FeedReader>();
  #stop: (() => void) | undefined;

  constructor(source: InspectorSource) {
    this.#source = source;
  }

  /** Sends events to a connection until it closes. */
  connect(outgoing: ServerResponse): void {
    const reader = new FeedReader(this.#source, outgoing, () => this.#leave(reader));
    this.#readers.add(reader);
    if (this.#readers.size > mostReaders) this.#readers.values().next().value!.close();
    this.#stop ??= this.#source.listen?.((id) => {
      for (const one of this.#readers) one.note(id);
    });
  }

  close(): void {
    for (const reader of this.#readers) reader.close();
  }

  #leave(reader: FeedReader): void {
    this.#readers.delete(reader);
    if (this.#readers.size > 0) return;
    this.#stop?.();
    this.#stop = undefined;
  }
}

/** One connection. It stores only the ids of changed requests, so a slow reader gets the newest rows and costs little memory. */
class FeedReader {
  readonly #source: InspectorSource;
  readonly #outgoing: ServerResponse;
  readonly #changed = new Set<string>();
  readonly #heart: ReturnType<typeof setInterval>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isFull = false;
  #fullSince = 0;

  constructor(source: InspectorSource, outgoing: ServerResponse, onLeave: () => void) {
    this.#source = source;
    this.#outgoing = outgoing;
    outgoing.writeHead(200, {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
      "x-content-type-options": "nosniff",
    });
    outgoing.on("drain", () => {
      this.#isFull = false;
      this.#schedule();
    });
    this.#heart = setInterval(() => this.#beat(), heartbeat).unref();
    outgoing.once("close", () => {
      clearInterval(this.#heart);
      clearTimeout(this.#timer);
      onLeave();
    });
    this.#write(": the inspector\n\n");
  }

  note(id: string): void {
    this.#changed.add(id);
    this.#schedule();
  }

  close(): void {
    this.#outgoing.destroy();
  }

  #schedule(): void {
    if (!this.#isFull && this.#changed.size > 0) this.#timer ??= setTimeout(() => this.#send(), pace);
    // Requests that are no longer kept need no update.
    else if (this.#changed.size > 1000)
      for (const id of this.#changed) if (!this.#source.row(id)) this.#changed.delete(id);
  }

  #send(): void {
    this.#timer = undefined;
    const rows = [...this.#changed].flatMap((id) => this.#source.row(id) ?? []);
    this.#changed.clear();
    if (rows.length > 0) this.#write(`event: requests\ndata: ${JSON.stringify(rows)}\n\n`);
  }

  #beat(): void {
    if (!this.#isFull) this.#write(": still here\n\n");
    else if (performance.now() - this.#fullSince > patience) this.close();
  }

  #write(text: string): void {
    if (this.#outgoing.destroyed || this.#outgoing.write(text)) return;
    this.#isFull = true;
    this.#fullSince = performance.now();
  }
}
