import { setTimeout as sleep } from "node:timers/promises";
import type { PlannedRun } from "./plan-runs.ts";

/** The remaining runs, in order. Runs of a paused provider let the others go first. */
export class RunQueue {
  readonly #left: PlannedRun[];
  /** When each pause ends, in milliseconds of `performance.now()`, by provider. */
  readonly #paused = new Map<string, number>();
  readonly #signal: AbortSignal | undefined;

  constructor(runs: readonly PlannedRun[], signal: AbortSignal | undefined) {
    this.#left = [...runs];
    this.#signal = signal;
  }

  /**
   * Returns the next run as soon as its provider is ready, or undefined if none is left.
   * @throws AbortError if the signal stops the wait.
   */
  async next(): Promise<PlannedRun | undefined> {
    while (this.#left.length > 0) {
      this.#signal?.throwIfAborted();
      const now = performance.now();
      const index = this.#left.findIndex((run) => this.#readyAt(run) <= now);
      if (index >= 0) return this.#left.splice(index, 1)[0];
      await this.#sleepUntil(Math.min(...this.#left.map((run) => this.#readyAt(run))));
    }
    return undefined;
  }

  /**
   * Waits until the provider of a run is ready.
   * @throws AbortError if the signal stops the wait.
   */
  async untilReady(run: PlannedRun): Promise<void> {
    while (this.#readyAt(run) > performance.now()) await this.#sleepUntil(this.#readyAt(run));
  }

  /** Holds back requests to the provider of a run for some milliseconds. */
  pause({ contender }: PlannedRun, milliseconds: number): void {
    const until = performance.now() + milliseconds;
    this.#paused.set(contender.provider.id, Math.max(until, this.#paused.get(contender.provider.id) ?? 0));
  }

  async #sleepUntil(time: number): Promise<void> {
    await sleep(Math.max(1, time - performance.now()), undefined, { signal: this.#signal });
  }

  #readyAt({ contender }: PlannedRun): number {
    return this.#paused.get(contender.provider.id) ?? 0;
  }
}
