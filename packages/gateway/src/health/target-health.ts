import type { ErrorCode, ProviderError } from "@llm-provider/core";

/** When the gateway stops sending requests to a failing target. Times are in milliseconds. */
export interface HealthSettings {
  /** This many failures … */
  readonly failures: number;
  /** … among this many of the last requests … */
  readonly of: number;
  /** … within this time … */
  readonly window: number;
  /** … keep requests away from the target for this long. */
  readonly open: number;
}

/** A target's state, for `/health` and the inspector. */
export interface TargetState {
  /**
   * `up`: it gets requests. `cooling`: it is rate-limited. `open`: it failed too often. `probing`: one request tests it.
   * `out`: a person must fix it.
   */
  readonly state: "up" | "cooling" | "open" | "probing" | "out";
  /** When it gets requests again, in milliseconds since 1970. */
  readonly until?: number;
  /** The last error's code and message. */
  readonly code?: ErrorCode;
  readonly message?: string;
}

/** The permission to send one request to a target. `settle` takes it back. */
export interface Lease {
  readonly isProbe: boolean;
  /** How often the breaker had opened before this lease. */
  readonly era: number;
}

/** Errors of a missing or invalid key, or a key without permission or credit. Only a person can fix them. */
const final: ReadonlySet<ErrorCode> = new Set(["invalid-key", "forbidden", "quota", "missing-key"]);
/** Errors caused by the request, or by a caller who left. They do not count against the target. */
const innocent: ReadonlySet<ErrorCode> = new Set([
  "aborted",
  "invalid-request",
  "unsupported-parameter",
  "context-overflow",
  "content-filter",
  "tool-call-invalid",
  "tool-failed",
]);
/** The longest cooldown in milliseconds, even if an endpoint asks for more. */
const longestCooldown = 24 * 60 * 60 * 1000;

/** Tracks the health of one target with one key: the cooldown after a rate limit, and a circuit breaker for failures. */
export class TargetHealth {
  #settings: HealthSettings;
  readonly #now: () => number;
  /** The last requests that count for the breaker: when each ended, and whether it failed. */
  #outcomes: { at: number; failed: boolean }[] = [];
  #coolUntil = 0;
  #openUntil: number | undefined;
  #isProbing = false;
  #isOut = false;
  #era = 0;
  #last: ProviderError | undefined;

  constructor(settings: HealthSettings, now: () => number = Date.now) {
    this.#settings = settings;
    this.#now = now;
  }

  /** Returns a lease if the target may get a request now. */
  admit(): Lease | undefined {
    const now = this.#now();
    if (this.#isOut || now < this.#coolUntil) return undefined;
    if (this.#openUntil === undefined) return { isProbe: false, era: this.#era };
    if (now < this.#openUntil || this.#isProbing) return undefined;
    this.#isProbing = true;
    return { isProbe: true, era: this.#era };
  }

  /** Records the end of the request with this lease. Returns true if the error has just put the target `out`. */
  settle({ isProbe, era }: Lease, error?: ProviderError): boolean {
    if (isProbe) this.#isProbing = false;
    if (error && innocent.has(error.code)) {
      // The target answered, even if it refused the request, so it is alive.
      if (isProbe && error.code !== "aborted" && error.status !== undefined) this.#close();
      return false;
    }
    if (error) this.#last = error;
    if (error && isFinal(error)) {
      const isNew = !this.#isOut;
      this.#isOut = true;
      return isNew;
    }
    const now = this.#now();
    if (error?.code === "rate-limit" || error?.status === 429) {
      this.#coolUntil = now + Math.min(error.retryAfter ?? this.#settings.open, longestCooldown);
      // The target answered the probe, so earlier failures no longer count.
      if (isProbe) this.#close();
      return false;
    }
    if (isProbe) {
      if (error) this.#shut(now);
      else this.#close();
    } else if (era === this.#era && this.#openUntil === undefined) this.#note(now, error !== undefined);
    return false;
  }

  /** Applies a cooldown of `milliseconds` that another instance was given. */
  cool(milliseconds: number): void {
    this.#coolUntil = Math.max(this.#coolUntil, this.#now() + milliseconds);
  }

  /** Records that an answer broke off after it had begun. */
  breakOff(error: ProviderError): void {
    if (innocent.has(error.code)) return;
    this.#last = error;
    if (this.#openUntil === undefined) this.#note(this.#now(), true);
  }

  /** Lets a target that is `out` try again after a change of configuration, which may have fixed the cause. */
  forgive(settings: HealthSettings): void {
    this.#settings = settings;
    this.#isOut = false;
  }

  /** Returns the wait until the target may get a request, and whether a rate limit causes it. Undefined if it is `out`. */
  wait(): { milliseconds: number; isRateLimit: boolean } | undefined {
    const now = this.#now();
    if (this.#isOut) return undefined;
    if (now < this.#coolUntil) return { milliseconds: this.#coolUntil - now, isRateLimit: true };
    return { milliseconds: Math.max(0, (this.#openUntil ?? now) - now), isRateLimit: false };
  }

  state(): TargetState {
    const now = this.#now();
    const why = this.#last && { code: this.#last.code, message: this.#last.message };
    if (this.#isOut) return { state: "out", ...why };
    if (now < this.#coolUntil) return { state: "cooling", until: this.#coolUntil, ...why };
    if (this.#isProbing) return { state: "probing", ...why };
    if (this.#openUntil !== undefined) return { state: "open", until: this.#openUntil, ...why };
    return { state: "up" };
  }

  #note(at: number, failed: boolean): void {
    const { failures, of, window } = this.#settings;
    this.#outcomes = [...this.#outcomes.slice(1 - of), { at, failed }].filter((one) => one.at > at - window);
    if (failed && this.#outcomes.filter((one) => one.failed).length >= failures) this.#shut(at);
  }

  #shut(now: number): void {
    this.#openUntil = now + this.#settings.open;
    this.#outcomes = [];
    this.#era++;
  }

  #close(): void {
    this.#openUntil = undefined;
    this.#outcomes = [];
  }
}

/** Whether only a person can fix the error. A 429 ends on its own, whatever its code. */
function isFinal({ code, status }: ProviderError): boolean {
  return final.has(code) && status !== 429;
}
