import type { MemoryStore } from "./memory-store.ts";
import type { RedisStore } from "./redis-store.ts";
import { StoreDownError, type Claim, type Counted, type Refused, type Store } from "./store.ts";

/** The most settlements that wait for the shared store. */
const mostWaiting = 100_000;
/** Milliseconds for which a failed store is not asked, since a hanging one would delay every request. */
const rest = 500;

interface Settlement {
  readonly id: string;
  readonly claims: readonly Claim[];
  readonly spent: readonly number[];
}

/**
 * Wraps a shared store that may become unreachable. Meanwhile each instance counts on its own, starting from the last known
 * values. When the shared store is back, it gets what was spent in that time.
 */
export class SteadyStore implements Store {
  readonly #shared: RedisStore;
  readonly #own: MemoryStore;
  readonly #warn: (sentence: string) => void;
  /** Ids whose hold is in memory. */
  readonly #held = new Set<string>();
  #waiting: Settlement[] = [];
  #awayUntil = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;
  #writing: Promise<void> = Promise.resolve();
  readonly #running = new Set<Promise<unknown>>();

  constructor(shared: RedisStore, own: MemoryStore, warn: (sentence: string) => void = () => {}) {
    this.#shared = shared;
    this.#own = own;
    this.#warn = warn;
  }

  get isShared(): boolean {
    return this.#shared.isShared && Date.now() >= this.#awayUntil;
  }

  /** The number of settlements that the shared store has not received yet. */
  get waiting(): number {
    return this.#waiting.length;
  }

  async reserve(id: string, claims: readonly Claim[], holdFor: number): Promise<Refused | undefined> {
    try {
      const { refused, spents } = await this.#ask(() => this.#shared.take(id, claims, holdFor));
      for (const [index, spent] of spents.entries()) this.#own.raise(claims[index]!, spent);
      return refused;
    } catch {
      if (claims.some(({ isStrict }) => isStrict)) throw new StoreDownError("The shared store cannot be reached.");
      this.#held.add(id);
      const refused = await this.#own.reserve(id, claims, holdFor);
      if (refused) this.#held.delete(id);
      return refused;
    }
  }

  settle(id: string, claims: readonly Claim[], spent: readonly number[]): Promise<void> {
    return this.#run(async () => {
      const isHeld = this.#held.delete(id);
      if (isHeld) await this.#own.settle(id, claims, spent);
      try {
        await this.#ask(() => this.#shared.settle(id, claims, spent));
        if (this.#waiting.length > 0) void this.catchUp();
      } catch {
        if (!isHeld) await this.#own.settle(id, claims, spent);
        if (this.#waiting.length < mostWaiting) this.#waiting.push({ id, claims, spent });
        this.#catchUpLater();
      }
    });
  }

  async read(keys: readonly string[]): Promise<Counted[]> {
    return this.#ask(() => this.#shared.read(keys)).catch(() => this.#own.read(keys));
  }

  async cool(target: string, milliseconds: number): Promise<void> {
    void this.#own.cool(target, milliseconds);
    await this.#run(() => this.#ask(() => this.#shared.cool(target, milliseconds))).catch(() => {});
  }

  async cooldowns(targets: readonly string[]): Promise<number[]> {
    return this.#ask(() => this.#shared.cooldowns(targets)).catch(() => this.#own.cooldowns(targets));
  }

  async get(key: string): Promise<string | undefined> {
    return this.#ask(() => this.#shared.get(key)).catch(() => this.#own.get(key));
  }

  async set(key: string, text: string, milliseconds: number): Promise<void> {
    await this.#run(() => this.#ask(() => this.#shared.set(key, text, milliseconds))).catch(() =>
      this.#own.set(key, text, milliseconds),
    );
  }

  /** Sends the waiting settlements to the shared store, each once. */
  catchUp(): Promise<void> {
    this.#writing = this.#writing.then(async () => {
      const waiting = this.#waiting;
      this.#waiting = [];
      for (const [index, { id, claims, spent }] of waiting.entries()) {
        try {
          await this.#shared.settle(id, claims, spent);
        } catch {
          this.#waiting.unshift(...waiting.slice(index));
          // A Redis that has just started accepts connections before it has loaded its data.
          this.#catchUpLater();
          return;
        }
      }
      this.#awayUntil = 0;
    });
    return this.#writing;
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#running);
    this.#isClosed = true;
    await this.catchUp();
    clearTimeout(this.#timer);
    if (this.waiting > 0)
      this.#warn(
        `The charges of ${this.waiting} requests are lost: this instance stopped before Redis could be reached again.`,
      );
    await this.#shared.close();
    await this.#own.close();
  }

  #catchUpLater(): void {
    if (this.#isClosed) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.catchUp();
    }, rest).unref();
  }

  async #ask<Value>(question: () => Promise<Value>): Promise<Value> {
    if (Date.now() < this.#awayUntil) throw new StoreDownError("The shared store failed a moment ago.");
    try {
      return await question();
    } catch (error) {
      this.#awayUntil = Date.now() + rest;
      throw error;
    }
  }

  /** Tracks running operations, so that `close` waits for them. */
  async #run<Value>(begin: () => Promise<Value>): Promise<Value> {
    const running = begin();
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
    }
  }
}
