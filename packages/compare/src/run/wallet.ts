import type { PlannedRun } from "./plan-runs.ts";

/** Tracks how much of a budget is spent, and how much is reserved for answers in progress. */
export class Wallet {
  readonly #budget: number;
  #spent: number;
  #reserved = 0;
  #waiting: (() => void)[] = [];

  /** @param spent US dollars that earlier runs cost. */
  constructor(budget: number, spent: number) {
    this.#budget = budget;
    this.#spent = spent;
  }

  /** Reserves the cost of the longest answer, and waits for other reservations to be settled if needed. False if it exceeds the budget. */
  async reserve({ mostCost = 0 }: PlannedRun): Promise<boolean> {
    while (this.#spent + this.#reserved + mostCost > this.#budget) {
      if (this.#reserved === 0) return false;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#reserved += mostCost;
    return true;
  }

  /** Releases a reservation and counts what was spent. */
  settle({ mostCost = 0 }: PlannedRun, spent: number): void {
    this.#reserved = Math.max(0, this.#reserved - mostCost);
    this.#spent += spent;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
