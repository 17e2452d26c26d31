import type { ErrorCode, ProviderError } from "@llm-provider/core";

/** When a failing target is left alone. Times in milliseconds. */
export interface HealthSettings {
  /** This many failures … */
  readonly failures: number;
  /** … among this many last requests … */
  readonly of: number;
  /** … within this time … */
  readonly window: number;
  /** … keep requests away from the target for this long. */
  readonly open: number;
}

/** What is known of a target's state, for `/health` and the inspector. */
export interface TargetState {
  /** `up`: gets requests. `cooling`: rate-limited. `open`: it failed too often. `probing`: one request tries it. `out`: it needs a person. */
  readonly state: "up" | "cooling" | "open" | "probing" | "out";
  /** When it gets requests again: milliseconds since 1970. */
  readonly until?: number;
  /** The last error's code and sentence. */
  readonly code?: ErrorCode;
  readonly message?: string;
}

/** The permission for one request to a target. `settle` returns it. */
export interface Lease {
  readonly isProbe: boolean;
  /** How often the breaker had opened when the lease was given. */
  readonly era: number;
}

/** Errors of a key that has no permission or no money: only a person can change that. */
const final: ReadonlySet<ErrorCode> = new Set(["invalid-key", "forbidden", "quota", "missing-key"]);
/** Errors of the request, or of a caller who left. They do not count against the target. */
const innocent: ReadonlySet<ErrorCode> = new Set([
  "aborted",
  "invalid-request",
  "unsupported-parameter",
  "context-overflow",
  "content-filter",
  "tool-call-invalid",
  "tool-failed",
]);
/** Milliseconds: the longest cooldown, even if an endpoint asks for more. */
const longestCooldown = 24 * 60 * 60 * 1000;

/** The health of one target with one key: a cooldown that the endpoint requests, and a breaker for its failures. */
export class TargetHealth {
  #settings: HealthSettings;
  readonly #now: () => number;
  /** The last meaningful requests: when they ended, and whether they failed. */
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

  /** A lease, if the target may get a request now. */
  admit(): Lease | undefined {
    const now = this.#now();
    if (this.#isOut || now < this.#coolUntil) return undefined;
    if (this.#openUntil === undefined) return { isProbe: false, era: this.#era };
    if (now < this.#openUntil || this.#isProbing) return undefined;
    this.#isProbing = true;
    return { isProbe: true, era: this.#era };
  }

  /** A request under this lease ended, with or without an error. True if the target has just gone out for good. */
  settle({ isProbe, era }: Lease, error?: ProviderError): boolean {
    if (isProbe) this.#isProbing = false;
    if (error && innocent.has(error.code)) {
      // A refusal is an answer, so the target is alive.
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
      // It answered: earlier failures no longer count.
      if (isProbe) this.#close();
      return false;
    }
    if (isProbe) {
      if (error) this.#shut(now);
      else this.#close();
    } else if (era === this.#era && this.#openUntil === undefined) this.#note(now, error !== undefined);
    return false;
  }

  /** Another instance was told to leave the target alone for `milliseconds`. */
  cool(milliseconds: number): void {
    this.#coolUntil = Math.max(this.#coolUntil, this.#now() + milliseconds);
  }

  /** An answer that had begun broke off. */
  breakOff(error: ProviderError): void {
    if (innocent.has(error.code)) return;
    this.#last = error;
    if (this.#openUntil === undefined) this.#note(this.#now(), true);
  }

  /** The configuration changed: a person may have corrected the cause. */
  forgive(settings: HealthSettings): void {
    this.#settings = settings;
    this.#isOut = false;
  }

  /** Milliseconds until the target may get a request, and whether a rate limit is the reason; undefined if unknown. */
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

/** A 429 ends by time, whatever its words are. */
function isFinal({ code, status }: ProviderError): boolean {
  return final.has(code) && status !== 429;
}
