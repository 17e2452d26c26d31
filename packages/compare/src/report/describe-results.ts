import { dollars, duration, paint, wrap, type CommandIo } from "@llm-provider/testing/command";
import type { ModelResult, Results } from "../results/results.ts";
import { byPassRate, findings } from "./findings.ts";
import { visible } from "./markup.ts";
import { interval, percent } from "./percent.ts";
import { shortNames } from "./short-names.ts";

/** A column of the table. If the terminal is too narrow, the column with the highest `drop` is left out first. */
interface Column {
  readonly heading: string;
  readonly drop: number;
  cell(model: ModelResult): string;
}

const columns: readonly Column[] = [
  { heading: "passes", drop: 0, cell: ({ passRate }) => (passRate ? percent(passRate.value) : "–") },
  { heading: "95%", drop: 2, cell: ({ passRate }) => (passRate ? interval(passRate) : "") },
  { heading: "answers", drop: 6, cell: ({ passed, failed, refused }) => String(passed + failed + refused) },
  { heading: "refused", drop: 7, cell: ({ refused }) => String(refused) },
  {
    heading: "errors",
    drop: 1,
    cell: ({ errors }) => String(Object.values(errors).reduce((sum, one) => sum + one, 0)),
  },
  { heading: "first", drop: 5, cell: ({ firstContent }) => (firstContent ? duration(firstContent.p50) : "") },
  { heading: "total", drop: 4, cell: ({ total }) => (total ? duration(total.p50) : "") },
  { heading: "p90", drop: 8, cell: ({ total }) => (total ? duration(total.p90) : "") },
  {
    heading: "tokens/s",
    drop: 9,
    cell: ({ tokensPerSecond }) => (tokensPerSecond ? String(Math.round(tokensPerSecond.p50)) : ""),
  },
  { heading: "cost", drop: 3, cell: ({ cost, costIsAtMost }) => amount(cost, costIsAtMost) },
  { heading: "per solved", drop: 0, cell: ({ costPerSolved, costIsAtMost }) => amount(costPerSolved, costIsAtMost) },
];

/** A table of the models, the best first, followed by the findings in sentences. Print it with `io.out`. */
export function describeResults(results: Results, io: Pick<CommandIo, "isTerminal" | "columns">): string {
  const width = io.isTerminal ? io.columns : Number.POSITIVE_INFINITY;
  const sentences = findings(results).flatMap((finding) => wrap(oneLine(finding), Math.min(width, 100)));
  return `${table(byPassRate(results.models), width, paint(io))}\n${sentences.join("\n")}\n`;
}

function table(models: readonly ModelResult[], width: number, { dim }: ReturnType<typeof paint>): string {
  const names = shortNames(models.map(({ model }) => model));
  let shown = columns;
  let rows = draw();
  while (rows[0]!.length > width && shown.some(({ drop }) => drop > 0)) {
    const last = Math.max(...shown.map(({ drop }) => drop));
    shown = shown.filter(({ drop }) => drop !== last);
    rows = draw();
  }
  const [top, ...body] = rows;
  return [dim(top!), ...body].map((row) => `${row}\n`).join("");

  /** Rows of equal width, with numbers aligned right. */
  function draw(): string[] {
    const cells = [
      ["model", ...shown.map(({ heading }) => heading)],
      ...models.map((model) => [short(oneLine(names.get(model.model)!)), ...shown.map((column) => column.cell(model))]),
    ];
    const widths = cells[0]!.map((_, index) => Math.max(...cells.map((row) => row[index]!.length)));
    return cells.map((row) =>
      row.map((cell, index) => (index === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[index]!))).join("  "),
    );
  }
}

function amount(cost: number | undefined, isAtMost: boolean | undefined): string {
  return cost === undefined ? "–" : `${isAtMost ? "≤ " : ""}${dollars(cost)}`;
}

function oneLine(text: string): string {
  return visible(text).replaceAll(/\s+/g, " ");
}

function short(name: string): string {
  return name.length > 34 ? `${name.slice(0, 33)}…` : name;
}
