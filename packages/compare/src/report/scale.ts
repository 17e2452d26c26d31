/** Maps a number to its position on an axis. */
export interface Scale {
  /** Between 0 and 1, the share of the axis before the value. */
  place(value: number): number;
  readonly ticks: readonly number[];
}

/** A linear scale from 0, or a logarithmic one if the values are so far apart that the small ones would overlap. */
export function scaleOf(values: readonly number[]): Scale {
  const positive = values.filter((value) => value > 0);
  const high = Math.max(...positive);
  const low = Math.min(...positive);
  if (positive.length === 0) return { place: () => 0, ticks: [0] };
  return high / low > 8 ? powers(low, high) : linear(high);
}

function linear(high: number): Scale {
  const rough = high / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((times) => times * power).find((one) => one >= rough)!;
  const top = Math.ceil((high * 1.02) / step) * step;
  const ticks = Array.from({ length: Math.round(top / step) + 1 }, (_, index) => index * step);
  return { place: (value) => value / top, ticks };
}

function powers(low: number, high: number): Scale {
  const from = Math.log10(low / 1.5);
  const to = Math.log10(high * 1.5);
  const decades = Array.from({ length: Math.ceil(to - from) + 2 }, (_, index) => 10 ** (Math.floor(from) + index));
  const steps = to - from > 2.5 ? [1] : to - from > 1.6 ? [1, 3] : [1, 2, 5];
  const ticks = decades.flatMap((decade) => steps.map((step) => step * decade));
  return {
    place: (value) => (Math.log10(Math.max(value, low / 1.5)) - from) / (to - from),
    ticks: ticks.filter((tick) => Math.log10(tick) >= from && Math.log10(tick) <= to),
  };
}

/** A share of an axis as an SVG percentage, so that charts scale with the page. */
export function across(share: number): string {
  return `${Number((share * 100).toFixed(2))}%`;
}
