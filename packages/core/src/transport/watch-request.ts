import { ProviderError } from "../errors/provider-error.ts";

export type Watch = {
  /** For fetch. */
  readonly signal: AbortSignal;
  /** Why the request was stopped, if it was. */
  readonly reason: ProviderError | undefined;
  /** The promise, or the reason as soon as the request is stopped: a fetch may not listen to its signal. */
  race<T>(promise: Promise<T>, onLate?: (value: T) => void): Promise<T>;
  /** From here on, the limit applies to the gap between bytes instead of the wait for headers. */
  watchIdle(onStop: () => void): void;
  /** Says whether bytes are awaited: a slow consumer is not a silent endpoint. */
  setWaiting(isWaiting: boolean): void;
  /** Stops watching. */
  done(): void;
};

/** A timer of more milliseconds fires at once. */
export const longestTimer: number = 2 ** 31 - 1;

/** Bounds one HTTP request: the caller's signal, the wait for headers, the silence between bytes. */
export function watchRequest(
  provider: string,
  outer: AbortSignal | undefined,
  timeout: number,
  idleTimeout: number,
): Watch {
  const controller = new AbortController();
  let onStop: (() => void) | undefined;
  let hasHeaders = false;
  let waitingSince: number | undefined = Date.now();
  // One timer for all waits: setting one at each wait would cost more than most waits.
  let timer = setTimeout(check, Math.min(timeout, idleTimeout, longestTimer));

  const abort = (): void => stop(abortedError(provider));

  // `reason` is a field: V8 keeps everything that a getter of an object literal closes over until a full collection.
  const watch: Watch & { reason: ProviderError | undefined } = {
    signal: controller.signal,
    reason: undefined,
    race(promise, onLate) {
      return new Promise((resolve, reject) => {
        onStop = () => reject(watch.reason);
        if (watch.reason) reject(watch.reason);
        promise.then((value) => (watch.reason ? onLate?.(value) : resolve(value)), reject);
      });
    },
    watchIdle(listener) {
      hasHeaders = true;
      waitingSince = undefined;
      onStop = listener;
    },
    setWaiting(isWaiting) {
      waitingSince = isWaiting ? Date.now() : undefined;
    },
    done,
  };
  if (outer?.aborted) abort();
  else outer?.addEventListener("abort", abort, { once: true });
  return watch;

  function check(): void {
    const limit = hasHeaders ? idleTimeout : timeout;
    const waited = waitingSince === undefined ? 0 : Date.now() - waitingSince;
    // The headers may come before the next check, and then the shorter limit applies.
    if (waited < limit) timer = setTimeout(check, Math.min(limit - waited, idleTimeout, longestTimer));
    else if (hasHeaders) stop(timedOut(provider, `sent nothing for ${limit} ms`, "idleTimeout"));
    else stop(timedOut(provider, `did not begin to answer within ${limit} ms`, "timeout"));
  }

  function stop(why: ProviderError): void {
    if (watch.reason) return;
    watch.reason = why;
    done();
    controller.abort(why);
    onStop?.();
  }

  function done(): void {
    clearTimeout(timer);
    outer?.removeEventListener("abort", abort);
  }
}

/** The error for a caller who gave up. */
export function abortedError(provider: string): ProviderError {
  return new ProviderError("The request was aborted.", { code: "aborted", provider });
}

function timedOut(provider: string, problem: string, option: string): ProviderError {
  return new ProviderError(`The endpoint ${problem}.`, {
    code: "timeout",
    provider,
    retryable: true,
    hint: `Try again, or give more time with the option \`${option}\` (milliseconds).`,
  });
}
