import { expect, test } from "vitest";
import type { RunResult } from "../src/results/results.ts";
import { compareModels } from "../src/statistics/compare-models.ts";
import { summarize } from "../src/statistics/summarize.ts";

/** One answer per task. The first `passed` tasks pass, the others fail. */
function answers(passed: number, tasks: number, model = "a"): RunResult[] {
  return Array.from({ length: tasks }, (_, task) => answer({ model, task: `t${task}`, pass: task < passed }));
}

function answer(of: { model?: string; task?: string; run?: number; pass?: boolean } & Partial<RunResult>): RunResult {
  const { pass = true, ...fields } = of;
  return { model: "a", task: "t0", run: 1, outcome: pass ? "pass" : "fail", checks: [], ms: 1000, ...fields };
}

function digits(of: { low: number; high: number }): string {
  return `${of.low.toFixed(4)} ${of.high.toFixed(4)}`;
}

// Newcombe, Statistics in Medicine 17 (1998) 857–872, table I: Wilson's method without continuity correction.
test.each([
  [81, 263, "0.2553 0.3662"],
  [15, 148, "0.0624 0.1605"],
  [0, 20, "0.0000 0.1611"],
  [1, 29, "0.0061 0.1718"],
])("Wilson's interval of %i in %i matches the published one", (passed, tasks, interval) => {
  const [model] = summarize(answers(passed, tasks), ["a"]);
  expect(model?.passRate?.value).toBeCloseTo(passed / tasks, 12);
  expect(digits(model!.passRate!)).toBe(interval);
});

test("three runs per task that always agree give the same interval as one run", () => {
  const once = answers(9, 24);
  const thrice = [1, 2, 3].flatMap((run) => once.map((one) => ({ ...one, run })));
  expect(digits(summarize(thrice, ["a"])[0]!.passRate!)).toBe(digits(summarize(once, ["a"])[0]!.passRate!));
  const all = [1, 2, 3].flatMap((run) => answers(24, 24).map((one) => ({ ...one, run })));
  expect(summarize(all, ["a"])[0]!.passRate!.low).toBeCloseTo(summarize(answers(24, 24), ["a"])[0]!.passRate!.low, 12);
});

test("runs that disagree count as independent answers", () => {
  // Each task passes in one of its two runs: the passes are spread more evenly than those of independent answers.
  const runs = Array.from({ length: 20 }, (_, task) =>
    [true, false].map((pass, run) => answer({ task: `t${task}`, run, pass })),
  );
  expect(digits(summarize(runs.flat(), ["a"])[0]!.passRate!)).toBe(
    digits(summarize(answers(20, 40), ["a"])[0]!.passRate!),
  );
});

/** The first `onlyA` tasks pass with `a` only, the next `onlyB` with `b` only, and the rest with both. */
function pairs(onlyA: number, onlyB: number, tasks: number): RunResult[] {
  return Array.from({ length: tasks }, (_, task) => [
    answer({ model: "a", task: `t${task}`, pass: task < onlyA || task >= onlyA + onlyB }),
    answer({ model: "b", task: `t${task}`, pass: task >= onlyA }),
  ]).flat();
}

// Fagerland, Lydersen, Laake, "Statistical Analysis of Contingency Tables" (2017), chapter 8: Bentur et al. (2009) and Cavo et
// al. (2012), by the formula that Bonett and Price published.
test.each([
  [1, 7, 21, "-0.5084 -0.0134"],
  [6, 16, 161, "-0.1195 -0.0032"],
])(
  "the interval of a paired difference, %i against %i of %i, matches the published formula",
  (onlyA, onlyB, tasks, interval) => {
    const [difference] = compareModels(pairs(onlyA, onlyB, tasks), ["a", "b"]);
    expect(difference?.value).toBeCloseTo((onlyA - onlyB) / tasks, 12);
    expect(digits(difference!)).toBe(interval);
    expect(difference?.better).toBe("b");
  },
);

test("no model is called better if the interval contains 0", () => {
  expect(compareModels(pairs(2, 7, 24), ["a", "b"])[0]).toMatchObject({ tasks: 24 });
  expect(compareModels(pairs(2, 7, 24), ["a", "b"])[0]).not.toHaveProperty("better");
  expect(compareModels(pairs(24, 0, 24), ["a", "b"])[0]).toMatchObject({ value: 1, better: "a" });
  // Three tasks never show a difference, however clear it looks.
  expect(compareModels(pairs(3, 0, 3), ["a", "b"])[0]).not.toHaveProperty("better");
});

test("intervals widen with more models, since every pair is another chance to be wrong", () => {
  const runs = pairs(1, 7, 21);
  const more = ["c", "d", "e"].flatMap((model) => answers(10, 21, model));
  const [alone] = compareModels(runs, ["a", "b"]);
  const [among] = compareModels([...runs, ...more], ["a", "b", "c", "d", "e"]);
  expect(among!.high).toBeGreaterThan(alone!.high);
  expect(compareModels([...runs, ...more], ["a", "b", "c", "d", "e"])).toHaveLength(10);
  expect(among).not.toHaveProperty("better");
});

test("equal models are rarely told apart, however often a task is asked", () => {
  let state = 7;
  const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  const alarms = Array.from({ length: 300 }, () => {
    const runs = Array.from({ length: 24 }, (_, task) => {
      const ease = random();
      return ["a", "b"].flatMap((model) =>
        [1, 2, 3].map((run) => answer({ model, task: `t${task}`, run, pass: random() < ease })),
      );
    });
    return compareModels(runs.flat(), ["a", "b"])[0]!.better === undefined ? 0 : 1;
  });
  expect(alarms.reduce<number>((sum, one) => sum + one, 0) / 300).toBeLessThanOrEqual(0.05);
});

test("only tasks that both models answered are compared", () => {
  const runs = [...answers(10, 10, "a"), ...answers(0, 4, "b"), answer({ model: "b", task: "t9", outcome: "error" })];
  expect(compareModels(runs, ["a", "b"])[0]).toMatchObject({ tasks: 4, value: 1 });
  expect(compareModels(answers(3, 3, "a"), ["a", "b"])[0]).toMatchObject({ tasks: 0, value: 0, low: -1, high: 1 });
});

test("a refusal is an answer that did not pass; errors are counted beside the rate, by code", () => {
  const [model] = summarize(
    [
      answer({ task: "t1" }),
      answer({ task: "t2", outcome: "refusal" }),
      answer({ task: "t3", outcome: "error", error: { code: "rate-limit", message: "slow down" } }),
      answer({ task: "t4", outcome: "error", error: { code: "server", message: "oops" } }),
      answer({ task: "t5", outcome: "error", error: { code: "rate-limit", message: "slow down" } }),
    ],
    ["a"],
  );
  expect(model).toMatchObject({ runs: 5, passed: 1, failed: 0, refused: 1, errors: { "rate-limit": 2, server: 1 } });
  expect(model?.passRate?.value).toBe(0.5);
});

test("times are interpolated quantiles, and speed is measured from the first content", () => {
  const runs = [100, 200, 300, 400].map((firstContentMs, run) =>
    answer({
      run,
      ms: firstContentMs + 1000,
      firstContentMs,
      usage: { inputTokens: 5, outputTokens: 50 * (run + 1), totalTokens: 55, reasoningTokens: 10 },
    }),
  );
  const [model] = summarize(runs, ["a"]);
  expect(model?.firstContent).toEqual({ p50: 250, p90: 370 });
  expect(model?.total).toEqual({ p50: 1250, p90: 1370 });
  expect(model?.tokensPerSecond?.p50).toBe(125);
  expect(model?.tokens).toEqual({ input: 20, output: 500, reasoning: 40 });
});

test("an answer in one piece has no speed, and errors do not count towards the times", () => {
  const usage = { inputTokens: 5, outputTokens: 50, totalTokens: 55 };
  const [model] = summarize(
    [answer({ ms: 900, firstContentMs: 900, usage }), answer({ outcome: "error", ms: 60_000 })],
    ["a"],
  );
  expect(model).not.toHaveProperty("tokensPerSecond");
  expect(model?.total).toEqual({ p50: 900, p90: 900 });
});

test("the cost per solved task is based on asking each task once, so it does not grow with the runs", () => {
  const runs = [1, 2, 3].flatMap((run) => [
    answer({ task: "t1", run, cost: 0.01 }),
    answer({ task: "t2", run, pass: run < 3, cost: 0.02 }),
    answer({ task: "t3", run, pass: run === 1, cost: 0.03 }),
  ]);
  const [model] = summarize(runs, ["a"]);
  expect(model?.cost).toBeCloseTo(0.18, 12);
  expect(model?.costPerSolved).toBeCloseTo(0.03, 12);
});

test("a cost is absent if the cost of any answer is unknown; errors need none", () => {
  const known = answer({ task: "t1", cost: 0.01 });
  expect(summarize([known, answer({ task: "t2" })], ["a"])[0]).not.toHaveProperty("cost");
  expect(summarize([known, answer({ task: "t2", outcome: "error" })], ["a"])[0]).toMatchObject({ cost: 0.01 });
  expect(summarize([answer({ pass: false, cost: 0.01 })], ["a"])[0]).not.toHaveProperty("costPerSolved");
});

test("a model without answers has neither pass rate nor times", () => {
  const [model] = summarize([answer({ outcome: "error", error: { code: "invalid-key", message: "no" } })], ["a"]);
  expect(Object.keys(model!)).toEqual(["model", "runs", "passed", "failed", "refused", "errors", "tokens"]);
  expect(summarize([], ["b"])[0]).toMatchObject({ model: "b", runs: 0 });
});
