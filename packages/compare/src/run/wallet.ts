import type { PlannedRun } from "./plan-runs.ts";

/** What of a budget is spent, and what is kept for answers under way. */
export class Wallet {
  readonly #budget: number;
  #spent: number;
  #reserved = 0;
  #waiting: (() => void)[] = [];

  /** US dollars: the budget, and the part that an earlier start has spent. */
  constructor(budget: number, spent: number) {
    this.#budget = budget;
    this.#spent = spent;
  }

  /**
   * Keeps room for the longest answer, once answers under way have given back what they do not take. False: there is none.
   */
  async reserve({ mostCost = 0 }: PlannedRun): Promise<boolean> {
    while (this.#spent + this.#reserved + mostCost > this.#budget) {
      if (this.#reserved === 0) return false;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#reserved += mostCost;
    return true;
  }

  /** Gives the room back, and counts what was spent. */
  settle({ mostCost = 0 }: PlannedRun, spent: number): void {
    this.#reserved = Math.max(0, this.#reserved - mostCost);
    this.#spent += spent;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
