import type { ModelResult } from "../results/results.ts";
import { markup, type Html } from "./markup.ts";
import { placeLabels } from "./place-labels.ts";
import { interval, percent } from "./percent.ts";
import { across, scaleOf } from "./scale.ts";
import { shortNames } from "./short-names.ts";

/** A model in the chart. */
interface Point {
  readonly model: ModelResult;
  readonly x: number;
  readonly y: number;
  /** No cheaper model passes more. */
  readonly isBest: boolean;
}

/** The share of the width for models of unknown price. */
const unknownBand = 0.16;

/** A chart of pass rate over cost. Free models are at the left edge, models of unknown price in a separate band. */
export function scatter(models: readonly ModelResult[]): Html {
  const rated = models.filter(({ passRate }) => passRate);
  const prices = rated.flatMap((model) => costOfThousand(model) ?? []);
  const scale = scaleOf(prices);
  const isLogarithmic = !scale.ticks.includes(0);
  const hasUnknown = prices.length < rated.length;
  const left = isLogarithmic && prices.includes(0) ? 0.1 : 0;
  const width = 1 - left - (hasUnknown ? unknownBand : 0);
  const place = (cost: number | undefined): number =>
    cost === undefined ? 1 - unknownBand / 2 : cost === 0 ? left / 2 : left + scale.place(cost) * width;
  const ticks = [
    ...(left > 0 ? [{ x: left / 2, text: "free" }] : []),
    ...(prices.length > 0 ? scale.ticks.map((tick) => ({ x: place(tick), text: price(tick) })) : []),
    ...(hasUnknown ? [{ x: 1 - unknownBand / 2, text: "no price" }] : []),
  ];
  const best = cheapestOfTheirRate(rated);
  const points = rated.map((model): Point => ({
    model,
    x: place(costOfThousand(model)),
    y: 1 - model.passRate!.value,
    isBest: best.includes(model),
  }));
  const names = shortNames(models.map(({ model }) => model));
  const labels = (pixels: number): Html[] =>
    placeLabels(
      points.map(({ model, x, y }) => ({
        x,
        y,
        name: names.get(model.model)!,
        low: 1 - model.passRate!.low,
        high: 1 - model.passRate!.high,
      })),
      { width: pixels, height: 340 },
    );
  return markup`<svg class="scatter" role="img" aria-label="Pass rate over cost. The table below has the numbers.">
    ${[0, 0.25, 0.5, 0.75, 1].map((rate) => markup`<line class="grid" x1="0" x2="100%" y1="${across(1 - rate)}" y2="${across(1 - rate)}" /><text class="tick end" x="0" dx="-10" y="${across(1 - rate)}" dy=".32em">${percent(rate)}</text>`)}
    ${hasUnknown && markup`<rect class="band" x="${across(1 - unknownBand)}" y="0" width="${across(unknownBand)}" height="100%" />`}
    ${xTicks(ticks)}
    ${frontier(points)} ${points.map(drawPoint)}
    <g class="wide">${labels(960)}</g>
    <g class="narrow">${labels(300)}</g>
  </svg>`;
}

/** On a phone, a tick label is hidden if it would touch the previous or the last one. */
function xTicks(ticks: readonly { x: number; text: string }[]): Html[] {
  const last = ticks.at(-1)?.x ?? 0;
  let before = -1;
  return ticks.map(({ x, text }) => {
    const isCrowded = x < last && (x - before < 0.18 || last - x < 0.2);
    if (!isCrowded) before = x;
    return markup`<text class="${isCrowded ? "tick middle wide" : "tick middle"}" x="${across(x)}" y="100%" dy="22">${text}</text>`;
  });
}

function drawPoint({ model, x, y, isBest }: Point): Html {
  const rate = model.passRate!;
  const cost = costOfThousand(model);
  const title = `${model.model}: ${percent(rate.value)} (${interval(rate)}), ${cost === undefined ? "price unknown" : `${price(cost)} per 1,000 answers`}`;
  return markup`<g>
    <title>${title}</title>
    <line class="whisker" x1="${across(x)}" x2="${across(x)}" y1="${across(1 - rate.high)}" y2="${across(1 - rate.low)}" />
    <circle class="${isBest ? "dot best" : "dot"}" cx="${across(x)}" cy="${across(y)}" r="6" />
  </g>`;
}

/** Steps from each best model to the next more expensive one. */
function frontier(points: readonly Point[]): Html[] {
  const steps = points.filter(({ isBest }) => isBest).sort((a, b) => a.x - b.x);
  return steps.slice(1).flatMap((to, index) => {
    const from = steps[index]!;
    return [
      markup`<line class="frontier" x1="${across(from.x)}" x2="${across(to.x)}" y1="${across(from.y)}" y2="${across(from.y)}" />`,
      markup`<line class="frontier" x1="${across(to.x)}" x2="${across(to.x)}" y1="${across(from.y)}" y2="${across(to.y)}" />`,
    ];
  });
}

function cheapestOfTheirRate(models: readonly ModelResult[]): ModelResult[] {
  const priced = models.filter((model) => costOfThousand(model) !== undefined);
  const isBeaten = (model: ModelResult): boolean =>
    priced.some((other) => {
      const saved = costOfThousand(model)! - costOfThousand(other)!;
      const gained = other.passRate!.value - model.passRate!.value;
      return saved >= 0 && gained >= 0 && (saved > 0 || gained > 0);
    });
  return priced.filter((model) => !isBeaten(model));
}

/** US dollars per 1,000 answers, extrapolated from the answers of this comparison. */
export function costOfThousand({ cost, passed, failed, refused }: ModelResult): number | undefined {
  return cost === undefined ? undefined : (cost * 1000) / (passed + failed + refused);
}

/** A price with two or three digits, since an axis has no room for more. */
export function price(amount: number): string {
  if (amount >= 100) return `$${Math.round(amount).toLocaleString("en-US")}`;
  return `$${amount === 0 ? "0" : amount >= 0.1 ? amount.toFixed(2) : Number(amount.toPrecision(2))}`;
}
