import type { ServerResponse } from "node:http";
import type { InspectorSource } from "./inspector-source.ts";

/** Milliseconds between two events to one reader. */
const pace = 50;
/** Milliseconds after which a connection is told that it lives. */
const heartbeat = 15_000;
/** Milliseconds for a reader to take what was sent. */
const patience = 60_000;
/** Connections at once. The oldest is closed for a new one. */
const mostReaders = 16;

/** Sends the rows of requests that change to whoever looks at the list. */
export class Feed {
  readonly #source: InspectorSource;
  readonly #readers = new Set<FeedReader>();
  #stop: (() => void) | undefined;

  constructor(source: InspectorSource) {
    this.#source = source;
  }

  /** Begins to send to a connection, until it closes. */
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

/** One connection. It remembers which requests have changed and not what was in them: who reads slowly gets only the newest. */
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
    // What is no longer kept needs no update.
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
