import { createHash } from "node:crypto";
import { ownEscape } from "@llm-provider/testing/command";
import { describe, expect, test } from "vitest";
import { describeResults } from "../src/report/describe-results.ts";
import { findings } from "../src/report/findings.ts";
import { shortNames } from "../src/report/short-names.ts";
import { writeReport } from "../src/report/write-report.ts";
import type { ModelResult, Results } from "../src/results/results.ts";
import { summarize } from "../src/statistics/summarize.ts";
import { hostileResults, hostileTexts } from "./hostile-results.ts";
import { madeModels, madeResults } from "./made-results.ts";

/** Results with one run per task and model: `1` passes, `0` fails, `x` ends with an error. */
function results(
  outcomes: { readonly [model: string]: string },
  cost: { readonly [model: string]: number } = {},
): Results {
  const models = Object.keys(outcomes);
  const tasks = [...outcomes[models[0]!]!].map((_, index) => ({ id: `t${index}`, prompt: "?", checks: [] }));
  const runs = models.flatMap((model) =>
    [...outcomes[model]!].map((mark, index) => ({
      model,
      task: `t${index}`,
      run: 1,
      outcome: mark === "1" ? ("pass" as const) : mark === "0" ? ("fail" as const) : ("error" as const),
      ...(mark === "x" && { error: { code: "rate-limit", message: "slow down" } }),
      checks: [],
      ms: 1000,
      ...(Object.hasOwn(cost, model) && { cost: cost[model] }),
    })),
  );
  return {
    version: 1,
    date: "2026-11-29T00:00:00Z",
    suite: { name: "S", tasks },
    runsPerTask: 1,
    models: summarize(runs, models),
    runs,
  };
}

const best = "1".repeat(20);
const half = "10".repeat(10);
const worst = "0".repeat(20);

describe("findings", () => {
  test("an interval that contains 0 is reported as no difference shown", () => {
    expect(findings(results({ "a:one": `${"1".repeat(17)}000`, "a:two": `${"1".repeat(14)}000000` }))[0]).toBe(
      "No difference shown: 20 tasks do not tell one with 85% and two with 70% apart. More tasks would narrow the intervals.",
    );
  });

  test("equal pass rates are reported as equal", () => {
    expect(findings(results({ "a:one": best, "a:two": best }))[0]).toBe(
      "No difference shown: both models pass 100% of their answers.",
    );
  });

  test("median times are stated without a ranking", () => {
    const given = results({ "a:one": best, "a:two": best });
    const runs = given.runs.map((run) => ({ ...run, ms: run.model === "a:one" ? 1500 : 900 }));
    expect(findings({ ...given, runs, models: summarize(runs, ["a:one", "a:two"]) }).at(-1)).toBe(
      "The median answer takes 900 ms (two) to 1.5 s (one).",
    );
  });

  test("a model that passes more than every other is named", () => {
    expect(findings(results({ "a:one": worst, "a:two": best, "a:three": half }))[0]).toBe(
      "two passes most: 100% of its answers (84–100%), more than three and one.",
    );
  });

  test("the sentence names the models that are beaten and those that are not", () => {
    expect(findings(results({ "a:one": best, "a:two": `${"1".repeat(19)}0`, "a:three": worst }))[0]).toBe(
      "one passes 100% of its answers (84–100%), more than three. No difference is shown to two.",
    );
  });

  test("the model worth its price is the cheapest one that no other is shown to beat", () => {
    const [, price] = findings(
      results(
        { "a:dear": best, "a:cheap": `${"1".repeat(19)}0`, "a:bad": worst },
        { "a:dear": 0.02, "a:cheap": 0.001, "a:bad": 0.0001 },
      ),
    );
    expect(price).toBe(
      "Of the 2 models that no other is shown to beat, cheap costs least: $0.0011 for each solved task; dear costs 19 times as much.",
    );
  });

  test("a cheap model whose runs mostly failed is not called worth its price", () => {
    const given = results({ "a:good": best, "a:flaky": `1${"x".repeat(19)}` }, { "a:good": 0.02, "a:flaky": 0.0001 });
    expect(findings(given)[1]).toBe("good, which no other is shown to beat, costs $0.0200 for each solved task.");
  });

  test("an unknown price, errors and missing runs are named", () => {
    const given = results({ "a:one": `${"1".repeat(17)}xxx`, "a:two": worst }, { "a:two": 0.1 });
    const sentences = findings({ ...given, stopped: { by: "budget", missing: 14 } });
    expect(sentences).toContain("The price of one is unknown.");
    expect(sentences).toContain(
      "3 of 20 runs of one ended with an error (rate-limit). Errors are not part of its pass rate.",
    );
    expect(sentences.at(-1)).toBe("The comparison was stopped by its budget: 14 planned runs are missing.");
  });

  test("an upper bound of a cost is marked with `at most` or ≤", () => {
    const given = results({ "a:one": best, "a:two": worst }, { "a:one": 0.01, "a:two": 0.01 });
    const runs = given.runs.map((run) => ({ ...run, costIsAtMost: true as const }));
    const marked = { ...given, runs, models: summarize(runs, ["a:one", "a:two"]) };
    expect(findings(marked)[1]).toBe(
      "one, which no other is shown to beat, costs at most $0.0100 for each solved task.",
    );
    expect(describeResults(marked, { isTerminal: false, columns: 80 })).toContain("≤ $0.0100");
    expect(writeReport(marked)).toContain("≤ $0.2000");
  });

  test("the report works without any answers", () => {
    const none = results({ "a:one": "xx", "a:two": "xx" });
    expect(findings(none)[0]).toBe("No model answered: every run ended with an error.");
    for (const given of [none, results({ "a:one": "1" }), { ...none, models: [] as ModelResult[], runs: [] }]) {
      expect(writeReport(given)).toContain("</html>");
      expect(describeResults(given, { isTerminal: true, columns: 40 })).not.toContain("NaN");
      expect(writeReport(given).replace(/<script[\s\S]*/, "")).not.toMatch(/NaN|Infinity|undefined/);
    }
  });
});

test("a short name belongs to one model only", () => {
  expect(Object.fromEntries(shortNames(["a:lab/x", "b:lab/x", "b:y", "c:lab1/z", "c:lab2/z"]))).toEqual({
    "a:lab/x": "a:x",
    "b:lab/x": "b:x",
    "b:y": "y",
    "c:lab1/z": "c:lab1/z",
    "c:lab2/z": "c:lab2/z",
  });
});

describe("the page", () => {
  test("allows its own script and style and nothing else, and loads nothing", () => {
    const page = writeReport(madeResults());
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)![1]!;
    const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    expect(policy).toBe(
      `default-src 'none'; script-src ${hash(/<script>([\s\S]*?)<\/script>/.exec(page)![1]!)}; style-src ${hash(/<style>([\s\S]*?)<\/style>/.exec(page)![1]!)}; base-uri 'none'; form-action 'none'`,
    );
    expect(page).not.toMatch(/\ssrc=|\shref=|url\(|@import|\sstyle=/);
  });

  test("its script refers to nothing outside itself", () => {
    const script = /<script>([\s\S]*?)<\/script>/.exec(writeReport(madeResults()))![1]!;
    // Bundlers and test runners would put these in place of an import.
    expect(script).not.toMatch(/__vi|__name|import|require\(/);
  });

  test("no text of a model ends a script, opens an element or keeps a control character", () => {
    const page = writeReport(hostileResults());
    expect(page.match(/<script/g)).toHaveLength(3);
    expect(page.match(/<\/script>/g)).toHaveLength(3);
    expect(page).not.toMatch(/<img|<iframe|<!--/);
    expect(page.replaceAll(/[\n\t]/g, "")).not.toMatch(/\p{Cc}|[\u202A-\u202E\u2066-\u2069]/u);
    const json = /id="results">([\s\S]*?)<\/script>/.exec(page)![1]!;
    expect((JSON.parse(json) as Results).suite.tasks.map(({ prompt }) => prompt)).toEqual(hostileTexts);
  });

  test("a very long answer is cut, and the page says where the rest is", () => {
    const made = madeResults(madeModels.slice(0, 1), { tasks: 1, runsPerTask: 1 });
    const page = writeReport({ ...made, runs: made.runs.map((run) => ({ ...run, answer: "ha".repeat(1_000_000) })) });
    expect(page.length).toBeLessThan(150_000);
    expect(page).toContain("(1,950,000 more characters are in results.json)");
  });

  test("the table contains the numbers of the charts", () => {
    const made = madeResults();
    const page = writeReport(made).replace(/<script[\s\S]*/, "");
    for (const { model, passRate, passed, failed, refused } of made.models) {
      const row = new RegExp(`<span class="below">${model}</span>[\\s\\S]*?</tr>`).exec(page)![0];
      expect(row).toContain(`<b>${Math.round(passRate!.value * 100)}%</b>`);
      expect(row).toContain(`${passed} of ${passed + failed + refused}`);
    }
  });
});

describe("describeResults", () => {
  test("fits the terminal by leaving out the least important columns", () => {
    for (const columns of [160, 100, 80, 60, 48]) {
      const text = describeResults(madeResults(), { isTerminal: true, columns });
      const lines = text
        .split(ownEscape)
        .join("")
        .replaceAll(/\[\d+m/g, "")
        .split("\n");
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
      expect(lines[0]).toMatch(/^model +passes.* per solved$/);
    }
  });

  test("a pipe gets every column and no color", () => {
    const text = describeResults(madeResults(madeModels.slice(0, 2)), { isTerminal: false, columns: 20 });
    expect(text.split("\n").slice(0, 3)).toEqual([
      "model         passes     95%  answers  refused  errors   first   total     p90  tokens/s     cost  per solved",
      expect.stringMatching(/^gpt-5-mini +\d+%/),
      expect.stringMatching(/^gpt-oss-120b +\d+%/),
    ]);
    expect(text).not.toContain("\u001B");
  });

  test("prints no control characters from models and endpoints", () => {
    const hostile = hostileResults();
    const names = hostileTexts.map((text) => `acme:${text}\n${text}`);
    const runs = hostile.runs.map((run, index) => ({
      ...run,
      outcome: "pass" as const,
      model: names[index % names.length]!,
    }));
    const text = describeResults(
      { ...hostile, models: summarize(runs, names), runs },
      { isTerminal: true, columns: 120 },
    );
    expect(text.split(ownEscape).join("").replaceAll("\n", "")).not.toMatch(/\p{Cc}|[\u202A-\u202E\u2066-\u2069]/u);
    // The heading, a line for each model, an empty line, and the sentences.
    expect(text.split("\n").length).toBeLessThan(names.length + 10);
  });
});
