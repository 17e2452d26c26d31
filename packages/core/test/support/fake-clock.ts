import { loadAllParts } from "@llm-provider/core/internal";
import { vi } from "vitest";

/**
 * Runs with a fake clock, which advances in steps of 100 ms until the work is done or `limit` fake milliseconds have passed. Then
 * `signal` aborts, so that nothing keeps running.
 */
export async function underFakeClock<T>(
  run: (signal: AbortSignal) => Promise<T>,
  limit = 20_000,
): Promise<{ value: T; ms: number; isLate: boolean }> {
  await loadAllParts();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date", "performance"] });
  try {
    const controller = new AbortController();
    const began = Date.now();
    let isDone = false;
    const work = run(controller.signal).finally(() => (isDone = true));
    work.catch(() => {});
    while (!isDone && Date.now() - began < limit) await vi.advanceTimersByTimeAsync(100);
    const ms = Date.now() - began;
    const isLate = !isDone;
    if (isLate) controller.abort();
    while (!isDone) await vi.advanceTimersByTimeAsync(100);
    return { value: await work, ms, isLate };
  } finally {
    vi.useRealTimers();
  }
}
