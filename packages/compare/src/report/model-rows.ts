import { duration } from "@llm-provider/testing/command";
import type { ModelResult, RunResult } from "../results/results.ts";
import { markup, type Html } from "./markup.ts";
import { interval, percent } from "./percent.ts";
import { across, scaleOf } from "./scale.ts";
import { shortNames } from "./short-names.ts";

/** A bar with the pass rate and its interval for each model. */
export function passRateBars(models: readonly ModelResult[]): Html {
  const names = shortNames(models.map(({ model }) => model));
  const rows = models.map(({ model, passRate }) =>
    row(
      names.get(model)!,
      model,
      passRate
        ? markup`<svg class="bar" aria-hidden="true">
            <rect class="track" width="100%" height="100%" rx="3" />
            <rect class="share" width="${across(passRate.value)}" height="100%" rx="3" />
            <line class="whisker" x1="${across(passRate.low)}" x2="${across(passRate.high)}" y1="50%" y2="50%" />
            ${[passRate.low, passRate.high].map((end) => markup`<line class="whisker" x1="${across(end)}" x2="${across(end)}" y1="28%" y2="72%" />`)}
          </svg>`
        : markup`<svg class="bar" aria-hidden="true"><rect class="track" width="100%" height="100%" rx="3" /></svg>`,
      passRate ? markup`<b>${percent(passRate.value)}</b> ${interval(passRate)}` : markup`no answer`,
    ),
  );
  return markup`<div class="rows">${rows}</div>`;
}

/** A strip for each model: a tick for each answer, and marks for the median, the 90% point and the first content. */
export function latencyStrips(models: readonly ModelResult[], runs: readonly RunResult[]): Html {
  const names = shortNames(models.map(({ model }) => model));
  const answers = runs.filter(({ outcome }) => outcome !== "error");
  const scale = scaleOf(answers.flatMap(({ ms, firstContentMs }) => [ms, firstContentMs ?? ms]));
  const rows = models.map(({ model, total, firstContent }) => {
    if (!total)
      return row(names.get(model)!, model, markup`<svg class="strip" aria-hidden="true"></svg>`, markup`no answer`);
    const ticks = answers.flatMap((run) =>
      run.model === model ? `M${(scale.place(run.ms) * 1000).toFixed(1)} 0v1` : [],
    );
    const mark = (name: string, value: number): Html =>
      markup`<line class="${name}" x1="${across(scale.place(value))}" x2="${across(scale.place(value))}" y1="0" y2="100%" />`;
    return row(
      names.get(model)!,
      model,
      markup`<svg class="strip" aria-hidden="true">
        <rect class="track" width="100%" height="100%" rx="3" />
        <svg width="100%" height="100%" viewBox="0 0 1000 1" preserveAspectRatio="none">
          <path class="${ticks.length > 150 ? "answers dense" : "answers"}" d="${ticks.join("")}" />
        </svg>
        ${mark("p90", total.p90)} ${mark("p50", total.p50)}
        ${firstContent && markup`<circle class="first" cx="${across(scale.place(firstContent.p50))}" cy="50%" r="4.5" />`}
      </svg>`,
      markup`<b>${duration(total.p50)}</b> p90 ${duration(total.p90)}`,
    );
  });
  const ticks = scale.ticks.map(
    (tick) =>
      markup`<text class="tick ${anchor(scale.place(tick))}" x="${across(scale.place(tick))}" y="14">${tick === 0 ? "0" : duration(tick).replace(".0 ", " ")}</text>`,
  );
  return markup`<div class="rows">
    ${rows}
    <div class="row axis" aria-hidden="true">
      <span class="name"></span><svg class="ticks">${ticks}</svg><span class="value"></span>
    </div>
  </div>`;
}

function row(name: string, model: string, chart: Html, value: Html): Html {
  return markup`<div class="row">
    <span class="name" title="${model}">${name}</span>${chart}<span class="value">${value}</span>
  </div>`;
}

/** Labels at both ends are aligned inwards, since on a phone the strips take the full width. */
function anchor(place: number): string {
  return place < 0.06 ? "start" : place > 0.94 ? "end" : "middle";
}
