import { mkdtempSync, readFileSync, rmSync, appendFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { journalFile, planRuns, runComparison, RunJournal, type RunResult } from "../src/index.ts";
import { canary, contend, suiteOf } from "./contenders.ts";

const byTask = (runs: readonly RunResult[]): { readonly [task: string]: RunResult } =>
  Object.fromEntries(runs.map((run) => [run.task, run]));
const outcomes = (runs: readonly RunResult[]): { readonly [task: string]: string } =>
  Object.fromEntries(runs.map(({ task, outcome }) => [task, outcome]));

test("each kind of answer gets its outcome", async () => {
  const js = `checks: [{ javascript: 'test("adds", () => expect(add(1, 2)).toBe(3))' }]`;
  const suite = suiteOf(`
  - { id: pass, prompt: a1, ${js}, twin: [{ text: "\`\`\`js\\nexport const add = (a, b) => a + b;\\n\`\`\`" }] }
  - { id: fail, prompt: a2, ${js}, twin: [{ text: "\`\`\`js\\nexport const add = (a, b) => a * b;\\n\`\`\`" }] }
  - { id: language, prompt: a3, ${js}, twin: [{ text: "\`\`\`python\\nadd = 1\\n\`\`\`" }] }
  - { id: no-code, prompt: a4, ${js}, twin: [{ text: "Just add them." }] }
  - { id: refusal, prompt: a5, ${js}, twin: [{ text: "I'm sorry, but I can't help with that." }] }
  - { id: wanted-refusal, prompt: a6, checks: [{ refusal: true }], twin: [{ text: "I cannot assist with this request." }] }
  - { id: server, prompt: a7, ${js}, twin: [{ error: { status: 500, message: broken } }] }
  - { id: cut, prompt: a8, ${js}, twin: [{ text: "A long answer that breaks off somewhere in the middle", cutAt: 300 }] }
  - { id: invalid, prompt: a9, ${js}, twin: [{ error: { status: 400, message: no } }] }
  - { id: tool, prompt: b1, tools: [{ name: add, parameters: { type: object } }], checks: [{ toolCall: { name: add, arguments: { a: 1 } } }], twin: [{ toolCalls: [{ name: add, arguments: { a: 1, b: 2 } }] }] }
`);
  const contender = await contend("paid:large", suite);
  const { runs, models } = await runComparison(planRuns(suite, [contender], 1));
  expect(outcomes(runs)).toEqual({
    pass: "pass",
    fail: "fail",
    language: "fail",
    "no-code": "fail",
    refusal: "refusal",
    "wanted-refusal": "pass",
    server: "error",
    cut: "error",
    invalid: "error",
    tool: "pass",
  });
  const { pass, fail, language, cut, server, invalid } = byTask(runs);
  expect(pass!.checks[0]!.tests).toEqual([{ name: "adds", pass: true }]);
  expect(fail!.checks[0]).toMatchObject({ pass: false, reason: "Expected 2 to be 3." });
  expect(language!.checks[0]!.reason).toMatch(/tagged `python`/);
  expect([server!.error!.code, invalid!.error!.code]).toEqual(["server", "invalid-request"]);
  expect(["network", "invalid-response"]).toContain(cut!.error!.code);
  expect(pass!.usage!.outputTokens).toBeGreaterThan(0);
  expect(pass!.cost).toBeGreaterThan(0);
  expect(pass!.firstContentMs).toBeLessThanOrEqual(pass!.ms);
  // Errors do not count towards the pass rate: 3 of 7 answers passed in 10 runs.
  expect(models[0]).toMatchObject({ runs: 10, passed: 3, failed: 3, refused: 1, passRate: { value: 3 / 7 } });
  expect(Object.values(models[0]!.errors).reduce((total, count) => total + count)).toBe(3);
  expect(JSON.stringify(runs)).not.toContain(canary);
});

const task = (id: string): string => `  - { id: ${id}, prompt: ${id}, checks: [{ contains: Yes }], twin: Yes. }\n`;

test("models take turns, and each gets every task as often as planned", async () => {
  const suite = suiteOf(task("a") + task("b"));
  const contenders = [await contend("paid:large", suite), await contend("local:small", suite)];
  const plan = planRuns(suite, contenders, 3);
  const order = plan.runs.map(({ contender }) => contender.name);
  for (let index = 0; index < order.length; index += 2) expect(new Set(order.slice(index, index + 2)).size).toBe(2);
  expect(new Set(order.filter((_, index) => index % 2 === 0)).size).toBe(2);
  const { runs, models, runsPerTask, stopped } = await runComparison(plan, { concurrency: 2 });
  expect([runs.length, runsPerTask, stopped]).toEqual([12, 3, undefined]);
  expect(new Set(runs.map(({ model, task: id, run }) => `${model} ${id} ${run}`)).size).toBe(12);
  expect(models.map(({ model, passed, cost }) => [model, passed, cost === 0])).toEqual([
    ["paid:large", 6, false],
    ["local:small", 6, true],
  ]);
});

test("a cost is marked as an upper bound if the price depends on the hour", async () => {
  const suite = suiteOf(task("a"));
  const { runs } = await runComparison(planRuns(suite, [await contend("paid:peaked", suite)], 1));
  expect(runs[0]!.costIsAtMost).toBe(true);
  expect(runs[0]!.cost).toBeGreaterThan(0);
});

test("a 429 is retried after its wait, and counts as an error if it persists", async () => {
  const suite = suiteOf(task("again") + task("always"));
  const last = (request: { messages: readonly { content?: unknown }[] }): unknown => request.messages.at(-1)?.content;
  const rateLimit = { as: "milliseconds", wait: 30 } as const;
  const contender = await contend("paid:large", suite, [
    { when: (request) => last(request) === "again", times: 1, fault: { rateLimit } },
    { when: (request) => last(request) === "always", fault: { rateLimit } },
  ]);
  const { runs, models } = await runComparison(planRuns(suite, [contender], 1));
  expect(outcomes(runs)).toEqual({ again: "pass", always: "error" });
  expect(models[0]!.errors).toEqual({ "rate-limit": 1 });
  expect(contender.twin.requests).toHaveLength(2 + 3);
});

test("a rate-limited provider is paused while the other one is asked", async () => {
  const suite = suiteOf(["a", "b", "c", "d"].map((id) => task(id)).join(""));
  const paused = await contend("paid:large", suite, [
    { times: 1, fault: { rateLimit: { as: "milliseconds", wait: 400 } } },
  ]);
  const free = await contend("local:small", suite);
  const began = performance.now();
  const ended: string[] = [];
  await runComparison(planRuns(suite, [paused, free], 1), {
    concurrency: 2,
    onEnd: ({ model }) => void ended.push(model),
  });
  expect(performance.now() - began).toBeGreaterThanOrEqual(390);
  expect(ended.slice(0, 4)).toEqual(Array(4).fill("local:small"));
});

test("a request that could exceed the budget is not sent", async () => {
  const suite = suiteOf(["a", "b", "c", "d", "e", "f"].map((id) => task(id)).join(""));
  const contender = await contend("paid:large", suite, [
    { answer: { text: "Yes.", tokens: { input: 10, output: 900 } } },
  ]);
  const plan = planRuns(suite, [contender], 1);
  // An answer costs slightly more than a cent at most, and these cost nearly that, so the budget allows two.
  expect(plan.mostCost).toBeGreaterThan(0.06);
  const budget = 0.025;
  const { runs, stopped } = await runComparison(plan, { budget, concurrency: 4 });
  expect([runs.length, stopped]).toEqual([2, { by: "budget", missing: 4 }]);
  expect(runs.reduce((total, { cost = 0 }) => total + cost, 0)).toBeLessThanOrEqual(budget);
  expect(contender.twin.requests).toHaveLength(runs.length);
  const none = await runComparison(plan, { budget: 0.000001 });
  expect([none.runs.length, none.stopped]).toEqual([0, { by: "budget", missing: 6 }]);
});

test("an interrupted comparison resumes and asks nothing twice", async () => {
  const suite = suiteOf(["a", "b", "c", "d", "e"].map((id) => task(id)).join(""));
  const contender = await contend("paid:large", suite);
  const plan = planRuns(suite, [contender], 2);
  const folder = mkdtempSync(join(tmpdir(), "compare-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const controller = new AbortController();
  const journal = RunJournal.open(folder, suite, false);
  const stopped = await runComparison(plan, {
    concurrency: 1,
    signal: controller.signal,
    onEnd(run) {
      journal.add(run);
      if (run.task === "c") controller.abort();
    },
  });
  expect(stopped.stopped?.by).toBe("interrupt");
  expect(stopped.runs.length).toBeGreaterThan(0);
  expect(readFileSync(join(folder, journalFile), "utf8")).not.toContain(canary);
  // A process can end while it writes a line.
  appendFileSync(join(folder, journalFile), '{"model":"paid:la');

  expect(() => RunJournal.open(folder, suite, false)).toThrow(/--resume/);
  const again = RunJournal.open(folder, suite, true);
  expect(again.earlier).toEqual(stopped.runs);
  const asked: string[] = [];
  const whole = await runComparison(plan, {
    earlier: again.earlier,
    onStart: ({ task: { id }, run }) => void asked.push(`${id} ${run}`),
    onEnd: (run) => again.add(run),
  });
  expect([whole.runs.length, whole.stopped]).toEqual([10, undefined]);
  expect(asked).toHaveLength(10 - stopped.runs.length);
  const before = stopped.runs.map(({ task: id, run }) => `${id} ${run}`);
  expect(asked.filter((one) => before.includes(one))).toEqual([]);
  expect(() => RunJournal.open(folder, suiteOf(task("other")), true)).toThrow(/has changed/);
  again.remove();
  expect(() => RunJournal.open(folder, suite, true)).toThrow(/nothing to resume/);
});

test("a key that an endpoint echoes is removed from the results", async () => {
  const suite = suiteOf(
    `  - { id: a, prompt: a, checks: [{ equals: x }], twin: "Your key is ${canary}, and sk-proj-abcdefghijklmnopqrstuvwxyz0123456789." }\n`,
  );
  const { runs } = await runComparison(planRuns(suite, [await contend("paid:large", suite)], 1), { secrets: [canary] });
  expect(JSON.stringify(runs)).not.toMatch(/7f3a9b2c|abcdefghijkl/);
});
