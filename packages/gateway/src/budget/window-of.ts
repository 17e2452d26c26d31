import type { Period } from "../config/config.ts";

/** A window of the clock, in UTC. */
export interface Window {
  /** `2026-11-28` for a day. Each window has another name, so counters are never reset. */
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly endsAt: number;
}

/** Characters of an ISO time that name the window, and its milliseconds. */
const shapes: { readonly [period in Exclude<Period, "month">]: readonly [length: number, milliseconds: number] } = {
  second: [19, 1000],
  minute: [16, 60_000],
  hour: [13, 3_600_000],
  day: [10, 86_400_000],
};

/** The window that contains a moment. */
export function windowOf(period: Period, now: number): Window {
  const date = new Date(now);
  const name = date.toISOString();
  if (period === "month")
    return { name: name.slice(0, 7), endsAt: Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) };
  const [length, milliseconds] = shapes[period];
  return { name: name.slice(0, length), endsAt: (Math.floor(now / milliseconds) + 1) * milliseconds };
}
