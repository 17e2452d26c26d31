/** What a request takes of one counter: a budget or a rate of one client, in one window of the clock. */
export interface Claim {
  /** Names the counter and its window, such as `librechat usd 2026-11-28`. */
  readonly key: string;
  /** The most that the window may take, spent and held. Whole: micro-dollars, tokens or requests. */
  readonly limit: number;
  /** What is held until the request is settled. Whole. */
  readonly amount: number;
  /** When the window ends: milliseconds since 1970. */
  readonly endsAt: number;
  /** Refused while the shared store cannot be reached, where others are counted in memory. */
  readonly isStrict?: boolean;
}

/** The claim that did not fit. */
export interface Refused {
  /** Its place among the claims. */
  readonly index: number;
  /** What is left of its limit. */
  readonly left: number;
}

/** What a counter has taken. */
export interface Counted {
  readonly spent: number;
  /** What running requests hold. */
  readonly held: number;
}

/**
 * What the instances of a gateway share. Each function is one atomic step: no request comes between the look at a counter and
 * the change of it.
 */
export interface Store {
  /**
   * Holds the amounts of all claims under this id, or of none where one does not fit. A hold that nobody settles is given back
   * after `holdFor` milliseconds.
   * @throws StoreDownError for a strict claim while the shared store cannot be reached.
   */
  reserve(id: string, claims: readonly Claim[], holdFor: number): Promise<Refused | undefined>;
  /**
   * Ends the hold and counts what was spent of each claim, in their order; zeros release it. It counts after the hold has
   * expired too. A second call with the same id changes nothing.
   */
  settle(id: string, claims: readonly Claim[], spent: readonly number[]): Promise<void>;
  /** What these counters have taken. */
  read(keys: readonly string[]): Promise<Counted[]>;
  /** Every instance leaves this target alone for so many milliseconds. */
  cool(target: string, milliseconds: number): Promise<void>;
  /** For how many more milliseconds each of these targets is to be left alone; 0 where it is not. */
  cooldowns(targets: readonly string[]): Promise<number[]>;
  /** A kept text. */
  get(key: string): Promise<string | undefined>;
  /** Keeps a text for so many milliseconds. */
  set(key: string, text: string, milliseconds: number): Promise<void>;
  /** Whether the instances share what they count at this moment; undefined where there is nothing to share. */
  readonly isShared: boolean | undefined;
  /** Writes what has not been written yet, and lets go of the connection. */
  close(): Promise<void>;
}

/** A budget cannot be counted, and its configuration says that it is then used up. */
export class StoreDownError extends Error {
  override readonly name = "StoreDownError";
}
