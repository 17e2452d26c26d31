import type { ModelResult } from "../results/results.ts";
import type { Difference } from "../statistics/compare-models.ts";

export function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}

/** `74–95%` */
export function interval({ low, high }: NonNullable<ModelResult["passRate"]>): string {
  return `${Math.round(low * 100)}–${percent(high)}`;
}

/** `+12 points (3 to 21)`: the first model's lead in percentage points. */
export function points({ value, low, high }: Difference): string {
  const count = written(value);
  return `${value > 0 ? "+" : ""}${count} ${/^−?1$/.test(count) ? "point" : "points"} (${written(low)} to ${written(high)})`;
}

/** Values below one point keep one digit, since it matters on which side of 0 an interval ends. */
function written(share: number): string {
  const value = share * 100;
  return (Math.abs(value) < 1 ? String(Number(value.toPrecision(1))) : String(Math.round(value))).replace("-", "−");
}
