import { ProviderError } from "../errors/provider-error.ts";
import { abortedError } from "./watch-request.ts";

/** Milliseconds: the first wait is up to the base, each next one up to twice as long, none longer than the cap. */
const base = 500;
const cap = 8000;

export type RetryPolicy = {
  readonly provider: string;
  readonly maxRetries: number;
  /** Milliseconds; a longer wait is thrown, not slept. */
  readonly maxWait: number;
  readonly signal: AbortSignal | undefined;
};

/** Runs until it succeeds, fails for good, or has been tried enough. The endpoint's own wait takes precedence. */
export async function withRetries<T>(policy: RetryPolicy, run: (attempt: number) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run(attempt);
    } catch (error) {
      if (!ProviderError.is(error) || !error.retryable || attempt > policy.maxRetries) throw error;
      const { maxWait } = policy;
      const wait = error.retryAfter ?? Math.random() * Math.min(cap, maxWait, base * 2 ** (attempt - 1));
      if (wait > maxWait) throw error;
      await sleep(wait, policy);
    }
  }
}

/** Waits; rejected as soon as the caller gives up. */
export function sleep(
  milliseconds: number,
  { provider, signal }: Pick<RetryPolicy, "provider" | "signal">,
): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(abortedError(provider));
    const abort = (): void => {
      clearTimeout(timer);
      reject(abortedError(provider));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", abort);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", abort, { once: true });
  });
}
