import { ProviderError, type Change, type ChatEvent, type ChatResult, type ChatStream } from "@llm-provider/core";
import { readBatches, type BatchReader } from "@llm-provider/core/internal";
import { eventsOf } from "./events-of.ts";

/** The request that started the flight. It gets all events, even after its own caller has left. */
export interface FlightOwner {
  count(events: readonly ChatEvent[]): void;
  noteResult(result: ChatResult): void;
  /** The target that answers, as the configuration names it. Known once the first content has arrived. */
  readonly author: string;
}

/** One waiting caller of a flight, which reads the answer as a stream or as a whole. */
export interface Seat extends Pick<BatchReader, "next" | "leave"> {
  readonly result: Promise<ChatResult>;
}

/** One answer for several waiting callers. It is aborted when the last of them leaves. */
export class Flight {
  /** Settles when the answer has ended, with or without an error. */
  readonly ended: Promise<void>;
  /** The whole answer. */
  readonly result: Promise<ChatResult>;
  readonly #controller = new AbortController();
  readonly #events: ChatEvent[] = [];
  readonly #owner: FlightOwner;
  #changes: readonly Change[] = [];
  #hasEnded = false;
  #waiting = 0;
  #news: Promise<void>;
  #tell: () => void = () => {};

  /** `begin` sends the request for a stream or a whole answer. The signal aborts it. */
  constructor(begin: (signal: AbortSignal) => ChatStream | Promise<ChatResult>, owner: FlightOwner) {
    this.#owner = owner;
    this.#news = this.#nextNews();
    this.result = this.#read(begin(this.#controller.signal)).finally(() => {
      this.#hasEnded = true;
      this.#tell();
    });
    this.ended = this.result.then(
      () => {},
      () => {},
    );
  }

  get author(): string {
    return this.#owner.author;
  }

  /** The changes to the request. Known once the first events have arrived. */
  get changes(): readonly Change[] {
    return this.#changes;
  }

  /** Whether the last caller has left, so that nobody can join any more. */
  get isAbandoned(): boolean {
    return this.#controller.signal.aborted;
  }

  /** Joins the flight and reads from the beginning of the answer, until `leave` is called or the signal aborts. */
  join(signal: AbortSignal): Seat {
    this.#waiting++;
    let at = 0;
    let isSeated = true;
    const leave = (): void => {
      signal.removeEventListener("abort", leave);
      if (!isSeated) return;
      isSeated = false;
      this.#waiting--;
      if (this.#waiting === 0 && !this.#hasEnded) this.#controller.abort();
    };
    const gone = new Promise<never>((_, reject) => {
      const tell = (): void =>
        reject(new ProviderError("The request was aborted.", { code: "aborted", provider: "gateway" }));
      if (signal.aborted) tell();
      else signal.addEventListener("abort", tell, { once: true });
      void this.ended.then(() => signal.removeEventListener("abort", tell));
    });
    gone.catch(() => {});
    signal.addEventListener("abort", leave, { once: true });
    if (signal.aborted) leave();
    const result = Promise.race([this.result, gone]);
    result.catch(() => {});
    return {
      leave,
      result,
      next: async () => {
        while (at === this.#events.length) {
          if (this.#hasEnded) {
            leave();
            await this.result;
            return undefined;
          }
          await Promise.race([this.#news, gone]);
        }
        const events = this.#events.slice(at);
        at = this.#events.length;
        return events;
      },
    };
  }

  async #read(answer: ChatStream | Promise<ChatResult>): Promise<ChatResult> {
    if (answer instanceof Promise) {
      const result = await answer;
      this.#changes = result.changes;
      this.#owner.noteResult(result);
      this.#take(eventsOf(result));
      return result;
    }
    const reader = readBatches(answer);
    for (let events = await reader.next(); events; events = await reader.next()) {
      this.#owner.count(events);
      this.#changes = reader.changes();
      this.#take(events);
    }
    const result = await answer.result;
    this.#owner.noteResult(result);
    return result;
  }

  #take(events: readonly ChatEvent[]): void {
    for (const event of events) this.#events.push(event);
    const tell = this.#tell;
    this.#news = this.#nextNews();
    tell();
  }

  #nextNews(): Promise<void> {
    return new Promise((resolve) => (this.#tell = resolve));
  }
}
