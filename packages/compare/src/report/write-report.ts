import { createHash } from "node:crypto";
import type { Results } from "../results/results.ts";
import { byPassRate, differencesOf, findings } from "./findings.ts";
import { Html, markup, scriptJson, visible } from "./markup.ts";
import { latencyStrips, passRateBars } from "./model-rows.ts";
import { openAnswers } from "./page/open-answers.ts";
import { style } from "./page/style.ts";
import { scatter } from "./scatter.ts";
import { shortNames } from "./short-names.ts";
import { differencesTable, modelsTable } from "./tables.ts";
import { marks, taskMatrix } from "./task-matrix.ts";

/**
 * Writes the report as one HTML file that loads nothing. Text from models is escaped, and answers are kept as JSON until a
 * reader opens one. The page's Content-Security-Policy allows only its own script and style.
 */
export function writeReport(results: Results): string {
  const script = `(${openAnswers})({visible:${visible},marks:${JSON.stringify(marks)}});`;
  const policy = `default-src 'none'; script-src '${hash(script)}'; style-src '${hash(style)}'; base-uri 'none'; form-action 'none'`;
  const models = byPassRate(results.models);
  const ids = models.map(({ model }) => model);
  const page = markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${new Html(policy)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${results.suite.name}: ${ids.length} models compared</title>
        <style>${new Html(style)}</style>
      </head>
      <body>
        <main>
          ${head(results)} ${charts(results)} ${numbers(results)} ${tasks(results, ids)}
          <footer>
            Written by llm-provider compare. The file contains every answer; it loads nothing and sends nothing.
          </footer>
        </main>
        <dialog id="answer" aria-labelledby="answer-title">
          <header>
            <h2 id="answer-title"></h2>
            <button type="button" id="previous-task">Previous task</button>
            <button type="button" id="next-task">Next task</button>
            <button type="button" id="close">Close</button>
          </header>
          <div id="answer-body" tabindex="0" autofocus></div>
        </dialog>
        <script type="application/json" id="models">${scriptJson(ids)}</script>
        <script type="application/json" id="results">${scriptJson(shorten(results))}</script>
        <script>${new Html(script)}</script>
      </body>
    </html>
`;
  return page.toString();
}

/** Characters. A model that repeats itself endlessly writes more than anybody reads. */
const longest = 50_000;

function shorten(results: Results): Results {
  const cut = (text: string): string =>
    text.length <= longest
      ? text
      : `${text.slice(0, longest)}…\n\n(${(text.length - longest).toLocaleString("en-US")} more characters are in results.json)`;
  const runs = results.runs.map((run) => ({
    ...run,
    ...(run.answer !== undefined && { answer: cut(run.answer) }),
    ...(run.reasoning !== undefined && { reasoning: cut(run.reasoning) }),
    ...(run.toolCalls && { toolCalls: run.toolCalls.map((call) => ({ ...call, arguments: cut(call.arguments) })) }),
  }));
  return { ...results, runs };
}

function hash(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

function head(results: Results): Html {
  const [lead, ...others] = findings(results);
  const { suite, models, runsPerTask, date } = results;
  const names = [...shortNames(models.map(({ model }) => model)).values()];
  const runs = runsPerTask === 1 ? "once" : `${runsPerTask} times`;
  return markup`<h1>${suite.name}</h1>
    <p class="meta">
      ${date.slice(0, 10)} · ${suite.tasks.length} tasks · ${models.length} models · each task asked ${runs}
    </p>
    <p class="lead">${emphasize(lead!, names)}</p>
    <ul class="findings">
      ${others.map((finding) => markup`<li>${emphasize(finding, names)}</li>`)}
    </ul>`;
}

/** Makes model names bold. A name inside a longer word stays as it is. */
function emphasize(sentence: string, names: readonly string[]): Html[] {
  return sentence.split(/(\s+)/).map((word) => {
    const [, before, name = "", after] = /^(\(?)(.*?)(\)?[.,:;]?)$/s.exec(word)!;
    return names.includes(name) ? markup`${before}<b>${name}</b>${after}` : markup`${word}`;
  });
}

function charts({ models: given, runs }: Results): Html {
  const models = byPassRate(given);
  return markup`<section class="whole">
      <h2>What a pass rate costs</h2>
      <p class="caption">
        Up is better, left is cheaper. A bar spans the 95% interval. Filled points mark models that no cheaper model beats;
        the dashed line connects them.
      </p>
      <div class="plot">
        ${scatter(models)}
        <p class="axis-name">US dollars per 1,000 answers</p>
      </div>
    </section>
    <section class="whole">
      <h2>Pass rates</h2>
      <p class="caption">
        Answers that passed every check, with Wilson’s 95% interval. Errors, such as rate limits, are not counted.
      </p>
      ${passRateBars(models)}
    </section>
    <section class="whole">
      <h2>How long an answer takes</h2>
      <ul class="legend">
        <li>
          <svg aria-hidden="true"><line class="whisker" x1="8" x2="8" y1="1" y2="15" /></svg>the end of an
          answer
        </li>
        <li>
          <svg aria-hidden="true"><line class="key-p50" x1="8" x2="8" y1="1" y2="15" /></svg>median
        </li>
        <li>
          <svg aria-hidden="true"><line class="key-p90" x1="8" x2="8" y1="1" y2="15" /></svg>90% have ended
        </li>
        <li>
          <svg aria-hidden="true"><circle class="key-first" cx="8" cy="8" r="4.5" /></svg>first content, median
        </li>
      </ul>
      ${latencyStrips(models, runs)}
    </section>`;
}

function numbers(results: Results): Html {
  const models = byPassRate(results.models);
  const differences = differencesOf(results);
  const names = shortNames(models.map(({ model }) => model));
  const table = differencesTable(differences, names);
  const shown = differences.filter(({ better }) => better !== undefined).length;
  const pairs =
    differences.length === 0
      ? ""
      : markup`<section>
          <h2>Which differences are shown</h2>
          <p class="caption">
            ${shown} of ${differences.length} ${differences.length === 1 ? "pair" : "pairs"} can be told apart. Models are
            compared task by task; an interval that contains 0 shows no difference. The 95% confidence holds for all these intervals together.
          </p>
          ${
            differences.length <= 10
              ? table
              : markup`<details>
                  <summary>All pairs</summary>
                  ${table}
                </details>`
          }
        </section>`;
  return markup`<section>
      <h2>The numbers</h2>
      <p class="caption">Times are the median and the 90% point. Cost is in US dollars.</p>
      ${modelsTable(models, names)}
    </section>
    ${pairs}`;
}

function tasks({ suite, runs }: Results, models: readonly string[]): Html {
  const kinds = [
    ["", "all tasks"],
    ["differ", "tasks that some answers pass"],
    ["none", "tasks that no answer passes"],
    ["all", "tasks that every answer passes"],
    ["error", "tasks with an error"],
  ];
  const legend = Object.entries(marks).map(
    ([outcome, mark]) => markup`<li><span class="key-${outcome}">${mark}</span>${outcome}</li>`,
  );
  return markup`<section>
    <h2>Task by task</h2>
    <p class="caption">Each mark is a run. Open a cell to read its answers; the arrow keys move between cells.</p>
    <ul class="legend">
      ${legend}
    </ul>
    <div id="filter" hidden>
      <label for="show">Show</label
      ><select id="show">
        ${kinds.map(([value, name]) => markup`<option value="${value}">${name}</option>`)}</select
      ><span id="shown" class="muted" role="status"></span>
    </div>
    ${taskMatrix(suite.tasks, models, runs, shortNames(models))}
  </section>`;
}
