import type { Claim, Counted, Refused, Store } from "./store.ts";

/** Milliseconds for which settled ids are remembered, and counters are kept after their window. */
const afterlife = 5 * 60_000;

interface Counter {
  spent: number;
  held: number;
  endsAt: number;
}

interface Hold {
  readonly claims: readonly Claim[];
  readonly expiresAt: number;
}

interface Kept {
  readonly text: string;
  readonly expiresAt: number;
}

/** The store of a single instance. Every method works synchronously and is therefore atomic. */
export class MemoryStore implements Store {
  readonly isShared = undefined;
  readonly #now: () => number;
  readonly #mostTexts: number;
  readonly #counters = new Map<string, Counter>();
  readonly #holds = new Map<string, Hold>();
  /** Id → when it is forgotten, oldest first. */
  readonly #settled = new Map<string, number>();
  readonly #cooldowns = new Map<string, number>();
  /** Least recently used first. */
  readonly #texts = new Map<string, Kept>();
  #nextExpiry = Number.POSITIVE_INFINITY;
  #nextSweep = 0;

  constructor({ mostTexts = 1000, now = Date.now }: { mostTexts?: number; now?: () => number } = {}) {
    this.#mostTexts = mostTexts;
    this.#now = now;
  }

  async reserve(id: string, claims: readonly Claim[], holdFor: number): Promise<Refused | undefined> {
    const now = this.#now();
    this.#forget(now);
    for (const [index, { key, limit, amount }] of claims.entries()) {
      const { spent, held } = this.#counters.get(key) ?? nothing;
      const left = limit - spent - held;
      if (amount > left) return { index, left: Math.max(0, left) };
    }
    for (const claim of claims) this.#counter(claim).held += claim.amount;
    const expiresAt = now + holdFor;
    this.#holds.set(id, { claims, expiresAt });
    this.#nextExpiry = Math.min(this.#nextExpiry, expiresAt);
    return undefined;
  }

  async settle(id: string, claims: readonly Claim[], spent: readonly number[]): Promise<void> {
    const now = this.#now();
    this.#forget(now);
    if (this.#settled.has(id)) return;
    this.#settled.set(id, now + afterlife);
    this.#giveBack(id);
    for (const [index, claim] of claims.entries()) this.#counter(claim).spent += spent[index]!;
  }

  async read(keys: readonly string[]): Promise<Counted[]> {
    this.#forget(this.#now());
    return keys.map((key) => {
      const { spent, held } = this.#counters.get(key) ?? nothing;
      return { spent, held };
    });
  }

  /** Counts at least this much as spent: the last known value of a shared store. */
  raise(claim: Claim, spent: number): void {
    const counter = this.#counter(claim);
    counter.spent = Math.max(counter.spent, spent);
  }

  async cool(target: string, milliseconds: number): Promise<void> {
    const until = this.#now() + milliseconds;
    this.#cooldowns.set(target, Math.max(until, this.#cooldowns.get(target) ?? 0));
  }

  async cooldowns(targets: readonly string[]): Promise<number[]> {
    const now = this.#now();
    return targets.map((target) => Math.max(0, (this.#cooldowns.get(target) ?? 0) - now));
  }

  async get(key: string): Promise<string | undefined> {
    const kept = this.#texts.get(key);
    this.#texts.delete(key);
    if (!kept || kept.expiresAt <= this.#now()) return undefined;
    this.#texts.set(key, kept);
    return kept.text;
  }

  async set(key: string, text: string, milliseconds: number): Promise<void> {
    this.#texts.delete(key);
    this.#texts.set(key, { text, expiresAt: this.#now() + milliseconds });
    if (this.#texts.size > this.#mostTexts) this.#texts.delete(this.#texts.keys().next().value!);
  }

  /** Entries of all kinds. */
  get size(): number {
    return this.#maps().reduce((sum, { size }) => sum + size, 0);
  }

  async close(): Promise<void> {
    for (const map of this.#maps()) map.clear();
  }

  #maps(): Map<string, unknown>[] {
    return [this.#counters, this.#holds, this.#settled, this.#cooldowns, this.#texts];
  }

  #counter({ key, endsAt }: Claim): Counter {
    const known = this.#counters.get(key);
    if (known) return known;
    const made = { spent: 0, held: 0, endsAt };
    this.#counters.set(key, made);
    return made;
  }

  #giveBack(id: string): void {
    const hold = this.#holds.get(id);
    for (const claim of hold?.claims ?? []) this.#counter(claim).held -= claim.amount;
    this.#holds.delete(id);
  }

  /** Releases expired holds, and drops entries that no request can need any more. */
  #forget(now: number): void {
    if (now >= this.#nextExpiry) {
      this.#nextExpiry = Number.POSITIVE_INFINITY;
      for (const [id, { expiresAt }] of this.#holds) {
        if (expiresAt <= now) this.#giveBack(id);
        else this.#nextExpiry = Math.min(this.#nextExpiry, expiresAt);
      }
    }
    for (const [id, until] of this.#settled) {
      if (until > now) break;
      this.#settled.delete(id);
    }
    if (now < this.#nextSweep) return;
    this.#nextSweep = now + afterlife;
    for (const [key, { endsAt, held }] of this.#counters)
      if (held === 0 && endsAt + afterlife < now) this.#counters.delete(key);
    for (const [target, until] of this.#cooldowns) if (until <= now) this.#cooldowns.delete(target);
  }
}

const nothing: Counted = { spent: 0, held: 0 };
