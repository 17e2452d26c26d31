import type { ResultTask, RunResult } from "../results/results.ts";
import { markup, type Html } from "./markup.ts";

/** The mark of each outcome. The shapes differ, so that color is not needed to tell them apart. */
export const marks: { readonly [outcome in RunResult["outcome"]]: string } = {
  pass: "●",
  fail: "○",
  refusal: "◇",
  error: "×",
};

/** A cell with more runs shows counts instead of marks. */
const mostMarks = 5;

/** A table with a row for each task and a column for each model. The button in a cell opens its answers. */
export function taskMatrix(
  tasks: readonly ResultTask[],
  models: readonly string[],
  runs: readonly RunResult[],
  names: ReadonlyMap<string, string>,
): Html {
  const cells = new Map<string, Map<string, RunResult[]>>(tasks.map(({ id }) => [id, new Map()]));
  for (const run of runs) {
    const row = cells.get(run.task);
    row?.set(run.model, [...(row.get(run.model) ?? []), run]);
  }
  let hasStart = false;
  const rows = tasks.map(({ id }, row) => {
    const columns = models.map((model, column) => {
      const own = (cells.get(id)!.get(model) ?? []).sort((a, b) => a.run - b.run);
      if (own.length === 0) return markup`<td role="gridcell"><span class="none">not run</span></td>`;
      const place = hasStart ? "-1" : "0";
      hasStart = true;
      return markup`<td role="gridcell">
        <button
          type="button"
          class="${kindOf(own)}"
          tabindex="${place}"
          data-row="${row}"
          data-column="${column}"
          aria-label="${id}, ${names.get(model)}: ${inWords(own)}"
        >
          ${drawn(own)}
        </button>
      </td>`;
    });
    return markup`<tr data-kind="${kindsOf(models.map((model) => cells.get(id)!.get(model) ?? []))}">
      <th scope="row">${id}</th>
      ${columns}
    </tr>`;
  });
  return markup`<div class="${tasks.length > 30 ? "matrix long" : "matrix"}">
    <table role="grid" aria-label="Outcomes: a row for each task, a column for each model">
      <thead>
        <tr>
          <th scope="col">Task</th>
          ${models.map((model) => markup`<th scope="col" title="${model}"><span>${names.get(model)}</span></th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

function drawn(runs: readonly RunResult[]): string {
  if (runs.length <= mostMarks) return runs.map(({ outcome }) => marks[outcome]).join("");
  return `${runs.filter(({ outcome }) => outcome === "pass").length}/${runs.length}`;
}

function kindOf(runs: readonly RunResult[]): string {
  const passed = runs.filter(({ outcome }) => outcome === "pass").length;
  if (passed === runs.length) return "pass";
  if (passed > 0) return "mixed";
  return runs.every(({ outcome }) => outcome === runs[0]!.outcome) ? runs[0]!.outcome : "fail";
}

function inWords(runs: readonly RunResult[]): string {
  const outcomes = [...new Set(runs.map(({ outcome }) => outcome))];
  return outcomes.map((outcome) => `${runs.filter((run) => run.outcome === outcome).length} ${outcome}`).join(", ");
}

/** The values that the filter matches: `all`, `none` or `differ`, and `error` if a run failed. */
function kindsOf(cells: readonly (readonly RunResult[])[]): string {
  const answers = cells.flat().filter(({ outcome }) => outcome !== "error");
  const passed = answers.filter(({ outcome }) => outcome === "pass").length;
  const kind = passed === 0 ? "none" : passed === answers.length ? "all" : "differ";
  return answers.length === cells.flat().length ? kind : `${kind} error`;
}
