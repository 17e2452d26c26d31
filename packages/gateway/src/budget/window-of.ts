import type { Period } from "../config/config.ts";

/** A calendar window in UTC, such as one day. */
export interface Window {
  /** For a day, `2026-11-28`. Every window has its own name, so counters never need a reset. */
  readonly name: string;
  /** The end of the window, in milliseconds since 1970. */
  readonly endsAt: number;
}

/** The length of the ISO timestamp's prefix that names a window, and the window's length in milliseconds. */
const shapes: { readonly [period in Exclude<Period, "month">]: readonly [length: number, milliseconds: number] } = {
  second: [19, 1000],
  minute: [16, 60_000],
  hour: [13, 3_600_000],
  day: [10, 86_400_000],
};

/** Returns the window that contains this time. */
export function windowOf(period: Period, now: number): Window {
  const date = new Date(now);
  const name = date.toISOString();
  if (period === "month")
    return { name: name.slice(0, 7), endsAt: Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) };
  const [length, milliseconds] = shapes[period];
  return { name: name.slice(0, length), endsAt: (Math.floor(now / milliseconds) + 1) * milliseconds };
}
