import type { TimeRange, WireParameters } from "./engine.ts";

const days: { readonly [range in TimeRange]?: number } = { day: 1, week: 7, month: 30, year: 365 };

/** Bing counts in whole days since 1970: `ex1:"ez5_18169_18230"` is SerpApi's own example. */
export function bingDates(range: TimeRange, _query: string, now: Date): WireParameters | undefined {
  const length = days[range];
  if (length === undefined) return undefined;
  const today = Math.floor(now.getTime() / 86_400_000);
  return { filters: `ex1:"ez5_${today - length}_${today}"` };
}
