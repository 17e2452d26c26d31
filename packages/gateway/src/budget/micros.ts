/** Budgets are counted in whole millionths of a dollar: sums of fractions are not exact. */
export const microsPerDollar = 1_000_000;

/** Whole micro-dollars, rounded up: nothing is free because it is small. */
export function toMicros(dollars: number): number {
  // What a multiplication adds at the sixteenth digit is no money.
  return Math.max(0, Math.ceil(dollars * microsPerDollar - 1e-6));
}
