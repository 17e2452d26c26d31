import { setImmediate as turn } from "node:timers/promises";
import { loadAllParts } from "@llm-provider/core/internal";
import { failure, type Problem } from "./expect.ts";

/** The real timers, not those of a fake clock. */
const { setTimeout, clearTimeout } = globalThis;
/** Far longer than any exchange on loopback, so that a slow machine does not fail. */
let usual = 3000;

/** The value of a promise, or a failure if it does not settle. */
export async function within<T>(
  promise: Promise<T>,
  expected: string,
  about: Omit<Problem, "expected" | "got"> = {},
  milliseconds: number = usual,
): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(failure({ ...about, expected, got: `no result within ${milliseconds} ms` })),
      milliseconds,
    );
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Shorter, for tests of the suite, which wait again and again for events that never come. */
export function setPatience(milliseconds: number): void {
  usual = milliseconds;
}

type Timer = { readonly at: number; readonly run: () => void };

/** Turns of the event loop in which pending work may go on before the clock is moved. */
const turns = 6;
/** One hour of the fake clock: a longer wait counts as endless. */
const longest = 3_600_000;
/** Milliseconds of real time: a longer run waits for an event that the clock does not cause. */
const patience = 3000;

/**
 * Runs with a fake clock, so that waits take no real time. The clock moves to the next timer when no other work is pending,
 * so the run must not wait for a socket. It replaces `Date.now`, `performance.now` and `setTimeout`.
 */
export async function withFakeClock<T>(run: () => Promise<T>): Promise<T> {
  await loadAllParts();
  const real = {
    setTimeout: globalThis.setTimeout,
    clearTimeout: globalThis.clearTimeout,
    now: Date.now,
    performanceNow: performance.now,
  };
  const began = Math.ceil(real.now() / 1000) * 1000;
  const timers = new Map<object, Timer>();
  let elapsed = 0;

  const setFake = (callback: (...values: unknown[]) => void, milliseconds = 0, ...values: unknown[]): object => {
    const timer = { ref: () => timer, unref: () => timer, hasRef: () => true, refresh: () => timer };
    timers.set(timer, { at: elapsed + Math.max(0, milliseconds), run: () => callback(...values) });
    return timer;
  };
  globalThis.setTimeout = setFake as never;
  globalThis.clearTimeout = ((timer: object) => void timers.delete(timer)) as never;
  Date.now = () => began + elapsed;
  performance.now = () => elapsed;

  const start = real.performanceNow.call(performance);
  let isSettled = false;
  const settled = run().finally(() => (isSettled = true));
  settled.catch(() => {});
  try {
    while (!isSettled && elapsed < longest && real.performanceNow.call(performance) - start < patience) {
      for (let count = 0; count < turns; count++) await turn();
      const [next] = [...timers].sort(([, a], [, b]) => a.at - b.at);
      if (isSettled || !next) continue;
      timers.delete(next[0]);
      elapsed = Math.max(elapsed, next[1].at);
      next[1].run();
    }
    if (!isSettled) throw new Error("The call waits for ever.");
    return await settled;
  } finally {
    globalThis.setTimeout = real.setTimeout;
    globalThis.clearTimeout = real.clearTimeout;
    Date.now = real.now;
    performance.now = real.performanceNow;
  }
}
