import type { ChatResult, ChatStream } from "@llm-provider/core";
import type { Store } from "../store/store.ts";
import { Flight, type FlightOwner } from "./flight.ts";

/** The most characters of a kept answer. */
const longest = 1_000_000;

/** A kept answer. */
export interface KeptAnswer {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The target that wrote it, as the configuration names it. */
  readonly target: string;
  readonly result: ChatResult;
}

/** Kept answers and running requests, so that each answer is requested only once. */
export class AnswerCache {
  readonly #store: Store;
  readonly #flights = new Map<string, Flight>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** A kept answer that is not older than `maxAge` milliseconds. */
  async find(key: string, maxAge: number): Promise<KeptAnswer | undefined> {
    if (maxAge <= 0) return undefined;
    const text = await this.#store.get(key);
    if (text === undefined) return undefined;
    const kept = JSON.parse(text) as KeptAnswer;
    return Date.now() - kept.at <= maxAge ? kept : undefined;
  }

  /** The running request for this answer. */
  running(key: string): Flight | undefined {
    const flight = this.#flights.get(key);
    return flight?.isAbandoned ? undefined : flight;
  }

  /** Requests an answer, and keeps it for `ttl` milliseconds if it is complete. */
  begin(
    key: string,
    ttl: number,
    ask: (signal: AbortSignal) => ChatStream | Promise<ChatResult>,
    owner: FlightOwner,
  ): Flight {
    const flight = new Flight(ask, owner);
    this.#flights.set(key, flight);
    void this.#keep(key, ttl, flight, owner);
    return flight;
  }

  async #keep(key: string, ttl: number, flight: Flight, owner: FlightOwner): Promise<void> {
    try {
      const { response: _, metadata: __, ...result } = await flight.result;
      if (result.finishReason !== "stop" && result.finishReason !== "tool-calls") return;
      const response = { status: 200, headers: {} };
      const kept = { at: Date.now(), target: owner.author, result: { ...result, metadata: {}, response } };
      const text = JSON.stringify(kept);
      if (text.length <= longest) await this.#store.set(key, text, ttl);
    } catch {
      // All waiting callers get the error, and it is not kept.
    } finally {
      if (this.#flights.get(key) === flight) this.#flights.delete(key);
    }
  }
}
