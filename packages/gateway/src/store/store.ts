/** A request's claim on one counter: a budget or a rate of one client in one calendar window. */
export interface Claim {
  /** The name of the counter and its window, such as `librechat usd 2026-11-28`. */
  readonly key: string;
  /** The most that may be spent and held together in the window. A whole number of micro-dollars, tokens or requests. */
  readonly limit: number;
  /** The amount that is held until the request is settled. A whole number. */
  readonly amount: number;
  /** When the window ends: milliseconds since 1970. */
  readonly endsAt: number;
  /** The claim is refused while the shared store cannot be reached. Other claims are counted in memory then. */
  readonly isStrict?: boolean;
}

/** The claim that did not fit. */
export interface Refused {
  /** Its index in the list of claims. */
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
 * The shared state of a gateway's instances. Each method is atomic: no other request can run between reading a counter and
 * changing it.
 */
export interface Store {
  /**
   * Holds the amounts of all claims under this id, or holds nothing if one does not fit. An unsettled hold is released
   * after `holdFor` milliseconds.
   * @throws StoreDownError for a strict claim while the shared store cannot be reached.
   */
  reserve(id: string, claims: readonly Claim[], holdFor: number): Promise<Refused | undefined>;
  /**
   * Ends the hold and counts the spent amount of each claim, in order; zeros only release the hold. It also counts after the
   * hold has expired. A second call with the same id has no effect.
   */
  settle(id: string, claims: readonly Claim[], spent: readonly number[]): Promise<void>;
  /** The states of these counters. */
  read(keys: readonly string[]): Promise<Counted[]>;
  /** Stops all instances from using this target for `milliseconds`. */
  cool(target: string, milliseconds: number): Promise<void>;
  /** The remaining cooldown of each target in milliseconds, 0 if there is none. */
  cooldowns(targets: readonly string[]): Promise<number[]>;
  /** Returns a kept text. */
  get(key: string): Promise<string | undefined>;
  /** Keeps a text for `milliseconds`. */
  set(key: string, text: string, milliseconds: number): Promise<void>;
  /** Whether the instances currently share their counters. Undefined if there is no shared store. */
  readonly isShared: boolean | undefined;
  /** Writes pending data, and closes the connection. */
  close(): Promise<void>;
}

/** A budget cannot be counted, and the configuration refuses requests in that case. */
export class StoreDownError extends Error {
  override readonly name = "StoreDownError";
}
