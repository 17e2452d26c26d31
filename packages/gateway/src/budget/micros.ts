/** Budgets are counted in whole millionths of a dollar: sums of fractions are not exact. */
export const microsPerDollar = 1_000_000;

/** Whole micro-dollars, rounded up, so that small amounts are not free. */
export function toMicros(dollars: number): number {
  // A rounding error at the sixteenth digit is not money.
  return Math.max(0, Math.ceil(dollars * microsPerDollar - 1e-6));
}
