/** A request's claim on one counter: a budget or a rate of one client, in one window of the clock. */
export interface Claim {
  /** Names the counter and its window, such as `librechat usd 2026-11-28`. */
  readonly key: string;
  /** The limit of the window, spent and held together. A whole number of micro-dollars, tokens or requests. */
  readonly limit: number;
  /** The amount that is held until the request is settled. A whole number. */
  readonly amount: number;
  /** When the window ends: milliseconds since 1970. */
  readonly endsAt: number;
  /** Refused while the shared store cannot be reached; other claims are then counted in memory. */
  readonly isStrict?: boolean;
}

/** The claim that did not fit. */
export interface Refused {
  /** Its place among the claims. */
  readonly index: number;
  /** The rest of its limit. */
  readonly left: number;
}

/** The state of a counter. */
export interface Counted {
  readonly spent: number;
  /** The amount that running requests hold. */
  readonly held: number;
}

/**
 * The shared state of a gateway's instances. Each function is one atomic step: no request comes between reading a counter and
 * changing it.
 */
export interface Store {
  /**
   * Holds the amounts of all claims under this id, or of none if one does not fit. An unsettled hold is released
   * after `holdFor` milliseconds.
   * @throws StoreDownError for a strict claim while the shared store cannot be reached.
   */
  reserve(id: string, claims: readonly Claim[], holdFor: number): Promise<Refused | undefined>;
  /**
   * Ends the hold and counts the spent amount of each claim, in order; zeros release it. It also counts after the hold has
   * expired. A second call with the same id has no effect.
   */
  settle(id: string, claims: readonly Claim[], spent: readonly number[]): Promise<void>;
  /** The states of these counters. */
  read(keys: readonly string[]): Promise<Counted[]>;
  /** Every instance leaves this target alone for `milliseconds`. */
  cool(target: string, milliseconds: number): Promise<void>;
  /** For how many more milliseconds each of these targets must be left alone; 0 if it need not be. */
  cooldowns(targets: readonly string[]): Promise<number[]>;
  /** A kept text. */
  get(key: string): Promise<string | undefined>;
  /** Keeps a text for `ttl` milliseconds. */
  set(key: string, text: string, milliseconds: number): Promise<void>;
  /** Do the instances share their counters at this moment? Undefined if there is no shared store. */
  readonly isShared: boolean | undefined;
  /** Writes pending data, and closes the connection. */
  close(): Promise<void>;
}

/** A budget cannot be counted, and its configuration then refuses requests. */
export class StoreDownError extends Error {
  override readonly name = "StoreDownError";
}
