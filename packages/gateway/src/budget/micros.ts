/** Budgets are counted in whole millionths of a dollar, because sums of fractions are not exact. */
export const microsPerDollar = 1_000_000;

/** Converts dollars to whole micro-dollars. Rounds up, so that small amounts are not free. */
export function toMicros(dollars: number): number {
  // The small subtraction keeps a floating-point error from adding a whole micro-dollar.
  return Math.max(0, Math.ceil(dollars * microsPerDollar - 1e-6));
}
