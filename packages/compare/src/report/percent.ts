import type { ModelResult } from "../results/results.ts";
import type { Difference } from "../statistics/compare-models.ts";

export function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}

/** `74–95%` */
export function interval({ low, high }: NonNullable<ModelResult["passRate"]>): string {
  return `${Math.round(low * 100)}–${percent(high)}`;
}

/** `+12 points (3 to 21)`: percentage points, seen from the first model. */
export function points({ value, low, high }: Difference): string {
  const whole = (share: number): string => String(Math.round(share * 100)).replace("-", "−");
  const count = Math.round(value * 100);
  return `${count > 0 ? "+" : ""}${whole(value)} ${Math.abs(count) === 1 ? "point" : "points"} (${whole(low)} to ${whole(high)})`;
}
