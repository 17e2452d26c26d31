import { dollars, duration } from "@llm-provider/testing/command";
import type { ModelResult, Quantiles } from "../results/results.ts";
import type { Difference } from "../statistics/compare-models.ts";
import { markup, type Html } from "./markup.ts";
import { interval, percent, points } from "./percent.ts";
import { across } from "./scale.ts";
import { costOfThousand, price } from "./scatter.ts";

/** The numbers behind the charts. */
export function modelsTable(models: readonly ModelResult[], names: ReadonlyMap<string, string>): Html {
  const rows = models.map((model) => {
    const { passRate, passed, failed, refused, tokens, cost, costPerSolved, costIsAtMost } = model;
    const thousand = costOfThousand(model);
    const bound = costIsAtMost ? "≤ " : "";
    const cells: { readonly [heading: string]: Html | string | undefined } = {
      "Pass rate": passRate && markup`<b>${percent(passRate.value)}</b>${below(interval(passRate))}`,
      Passed: markup`${passed} of ${passed + failed + refused}${refused > 0 && below(`${refused} refused`)}`,
      Errors: errorList(model.errors),
      "First content": quantiles(model.firstContent, duration),
      "Whole answer": quantiles(model.total, duration),
      "Tokens per second": quantiles(model.tokensPerSecond, (speed) => String(Math.round(speed))),
      "Tokens in": written(tokens.input),
      "Tokens out": markup`${written(tokens.output)}${tokens.reasoning > 0 && below(`${written(tokens.reasoning)} reasoning`)}`,
      "Cost of all": cost === undefined ? "unknown" : `${bound}${dollars(cost)}`,
      "Cost of 1,000 answers": thousand === undefined || !passRate ? undefined : `${bound}${price(thousand)}`,
      "Cost of a solved task": costPerSolved === undefined ? undefined : `${bound}${dollars(costPerSolved)}`,
    };
    return { name: markup`${names.get(model.model)}${below(model.model)}`, cells };
  });
  return table(
    "numbers",
    "Numbers of each model",
    ["Model", ...Object.keys(rows[0]?.cells ?? {})],
    rows.map(({ name, cells }) => ({ name, cells: Object.values(cells).map((cell) => cell ?? "–") })),
  );
}

function below(text: string): Html {
  return markup`<span class="below">${text}</span>`;
}

function written(tokens: number): string {
  return tokens.toLocaleString("en-US");
}

function table(
  className: string,
  label: string,
  headings: readonly string[],
  rows: readonly { name: Html; cells: readonly (Html | string | number)[] }[],
): Html {
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="${label}">
    <table class="${className}">
      <thead>
        <tr>${headings.map((heading) => markup`<th scope="col">${heading}</th>`)}</tr>
      </thead>
      <tbody>
        ${rows.map(
          ({
            name,
            cells,
          }) => markup`<tr><th scope="row">${name}</th>${cells.map((cell) => markup`<td>${cell}</td>`)}</tr>
`,
        )}
      </tbody>
    </table>
  </div>`;
}

function quantiles(value: Quantiles | undefined, write: (value: number) => string): Html | undefined {
  return value && markup`${write(value.p50)}${below(`p90 ${write(value.p90)}`)}`;
}

function errorList(errors: ModelResult["errors"]): string {
  const codes = Object.entries(errors);
  return codes.length === 0 ? "0" : codes.map(([code, count]) => `${count} ${code}`).join(", ");
}

/** The difference of each pair of models, and whether its interval excludes 0. */
export function differencesTable(differences: readonly Difference[], names: ReadonlyMap<string, string>): Html {
  const rows = differences.map((difference) => {
    const { first, second, better, tasks } = difference;
    return {
      name: markup`${names.get(first)} <span class="muted">and</span> ${names.get(second)}`,
      cells: [
        better === undefined
          ? markup`<span class="muted">no difference shown</span>`
          : markup`<b>${names.get(better)}</b> passes more`,
        points(difference),
        drawDifference(difference),
        tasks,
      ],
    };
  });
  const headings = ["Models", "What is shown", "First against second", "−100 to +100 points", "Tasks"];
  return table("numbers pairs", "Differences between models", headings, rows);
}

/** Draws the interval and a line at 0. */
function drawDifference({ value, low, high, better }: Difference): Html {
  const place = (difference: number): string => across(0.5 + difference / 2);
  return markup`<svg class="${better === undefined ? "pair" : "pair shown"}" aria-hidden="true"><line class="zero" x1="50%" x2="50%" y1="0" y2="100%" /><line class="span" x1="${place(low)}" x2="${place(high)}" y1="50%" y2="50%" /><circle cx="${place(value)}" cy="50%" r="4" /></svg>`;
}
