import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { groq } from "../../groq/src/index.ts";
import { startTwin } from "@llm-provider/testing";
import { expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import type { EvaluateSummary, GradingResult } from "../src/promptfoo/evaluate-summary.ts";
import {
  createPromptfooProvider,
  gradeForPromptfoo,
  type PromptfooContext,
  type PromptfooProvider,
} from "../src/promptfoo/promptfoo-provider.ts";
import { toPromptfoo } from "../src/promptfoo/to-promptfoo.ts";
import { scriptTwin } from "../src/run/script-twin.ts";
import type { Suite, Task } from "../src/suite/suite.ts";
import { madeModels, madeResults } from "./made-results.ts";

const name = "groq:openai/gpt-oss-120b";
const canary = "gsk_canary0123456789canary0123456789";

function makeTask(id: string, fields: Partial<Task>): Task {
  return { id, prompt: `Do ${id}.`, attachments: [], tools: [], parameters: {}, checks: [], twin: [], ...fields };
}

const suite: Suite = {
  name: "Small",
  tasks: [
    makeTask("sum", {
      system: "Write JavaScript.",
      checks: [
        { kind: "javascript", tests: `test("adds", () => expect(sum(1, 2)).toBe(3));` },
        { kind: "contains", text: "function" },
      ],
      twin: [{ text: "```js\nfunction sum(a, b) { return a + b; }\n```" }],
    }),
    makeTask("wrong", { checks: [{ kind: "equals", text: "yes" }], twin: [{ text: `no, ${canary}` }] }),
    makeTask("tool", {
      tools: [{ type: "function", function: { name: "add", parameters: { type: "object" } } }],
      checks: [{ kind: "toolCall", name: "add", arguments: { a: 1 } }],
      twin: [{ toolCalls: [{ name: "add", arguments: { a: 1, b: 2 } }] }],
    }),
    makeTask("limit", { twin: [{ error: { status: 401, message: "Invalid API key" } }] }),
  ],
};

interface Exported {
  readonly provider: PromptfooProvider;
  readonly grade: (output: unknown, context: PromptfooContext) => Promise<GradingResult>;
}

/** Loads the exported files the way promptfoo does, with a twin in place of the endpoint. */
async function exported(): Promise<Exported> {
  const twin = await startTwin(groq.definition, { scenarios: scriptTwin(suite, name) });
  // The folder is inside the package, so that imports of the package by name resolve.
  const folder = mkdtempSync(join(import.meta.dirname, ".promptfoo-"));
  onTestFinished(async () => {
    await twin.close();
    rmSync(folder, { recursive: true });
  });
  const results = madeResults(madeModels.slice(1, 2), { tasks: 1 });
  const packages = { [name]: pathToFileURL(join(import.meta.dirname, "../../groq/src/index.ts")).href };
  const files = toPromptfoo({ suite, results, packages });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  const load = async <Export>(file: string): Promise<Export> =>
    ((await import(pathToFileURL(join(folder, file)).href)) as { default: Export }).default;
  const [config] = (parse(files["promptfooconfig.yaml"]!) as { providers: { config: object }[] }).providers;
  const Exported = await load<new (options: object) => PromptfooProvider>("provider.mjs");
  const options = { baseURL: twin.url, apiKey: canary };
  return {
    provider: new Exported({ ...config, config: { ...config!.config, options } }),
    grade: await load<Exported["grade"]>("assert.mjs"),
  };
}

test("the exported provider sends the whole task, and the exported assertion checks the answer in the sandbox", async () => {
  const { provider, grade } = await exported();
  expect(provider.id()).toBe(name);
  const context = { vars: { task: "sum" } };
  const response = await provider.callApi("sum", context);
  expect(response).toMatchObject({ output: expect.stringContaining("function sum"), tokenUsage: { numRequests: 1 } });
  expect(response.tokenUsage!.total).toBeGreaterThan(0);
  expect(await grade(response.output, { ...context, providerResponse: response })).toMatchObject({
    pass: true,
    score: 1,
    componentResults: [{ pass: true }, { pass: true }],
  });
});

test("a failed answer has a reason, and neither contains the key", async () => {
  const { provider, grade } = await exported();
  const context = { vars: { task: "wrong" } };
  const response = await provider.callApi("wrong", context);
  const grading = await grade(response.output, { ...context, providerResponse: response });
  expect(grading).toMatchObject({ pass: false, score: 0, reason: expect.stringContaining("The answer is") });
  expect(JSON.stringify([response, grading])).not.toContain("canary01");
});

test("tool calls reach the assertion", async () => {
  const { provider, grade } = await exported();
  const context = { vars: { task: "tool" } };
  const response = await provider.callApi("tool", context);
  expect(await grade(response.output, { ...context, providerResponse: response })).toMatchObject({ pass: true });
});

test("an endpoint error becomes an error in promptfoo, not a failed assertion", async () => {
  const { provider } = await exported();
  const response = await provider.callApi("limit", { vars: { task: "limit" } });
  expect(response.error).toMatch(/^invalid-key: /);
  expect(response).not.toHaveProperty("output");
});

test("a missing task or provider is reported", async () => {
  await expect(gradeForPromptfoo(suite, "x", { vars: { task: "gone" } })).rejects.toThrow(/no task "gone"/);
  expect(() => createPromptfooProvider(suite, name, { helper: () => 1 })).toThrow(/exports no provider/);
});

test("the configuration names each task and model once", () => {
  const files = toPromptfoo({ suite, results: madeResults() });
  expect(Object.keys(files)).toEqual([
    "promptfooconfig.yaml",
    "provider.mjs",
    "assert.mjs",
    "suite.json",
    "results.json",
  ]);
  expect(parse(files["promptfooconfig.yaml"]!)).toEqual({
    description: "Small, from llm-provider compare",
    prompts: ["{{task}}"],
    providers: madeModels.map(({ model }) => ({
      id: "file://provider.mjs",
      label: model,
      config: { model, package: `@llm-provider/${model.split(":")[0]}` },
    })),
    defaultTest: { assert: [{ type: "javascript", value: "file://assert.mjs" }] },
    tests: suite.tasks.map(({ id }) => ({ description: id, vars: { task: id } })),
    evaluateOptions: { repeat: 3, maxConcurrency: 4, cache: false },
  });
  expect(files["promptfooconfig.yaml"]).toContain("npm install promptfoo @llm-provider/compare @llm-provider/openai");
});

// Shapes of promptfoo 0.123.1 (dist/src/index.d.ts, read 2026-11-29): EvaluateSummaryV3, CompletedPrompt, EvaluateResult.
test("the results are an EvaluateSummaryV3", () => {
  const results = madeResults();
  const { results: summary, ...file } = JSON.parse(toPromptfoo({ suite, results })["results.json"]!) as {
    results: EvaluateSummary;
  };
  expect(file).toMatchObject({ evalId: null, shareableUrl: null, config: { prompts: ["{{task}}"] } });
  expect(summary).toMatchObject({ version: 3, timestamp: results.date });
  expect(summary.prompts.map(({ provider }) => provider)).toEqual(results.models.map(({ model }) => model));
  expect(summary.results).toHaveLength(results.runs.length);
  const { successes, failures, errors } = summary.stats;
  expect(successes + failures + errors).toBe(results.runs.length);
  for (const [index, { passed, failed, refused, tokens }] of results.models.entries()) {
    const { metrics } = summary.prompts[index]!;
    expect(metrics).toMatchObject({ testPassCount: passed, testFailCount: failed + refused, score: passed });
    expect(metrics.tokenUsage).toMatchObject({ prompt: tokens.input, completion: tokens.output });
    expect(metrics.tokenUsage.completionDetails.reasoning).toBe(tokens.reasoning);
  }
  // Each cell of promptfoo's table occurs once.
  expect(new Set(summary.results.map(({ promptIdx, testIdx }) => `${promptIdx} ${testIdx}`)).size).toBe(
    results.runs.length,
  );
  for (const [index, result] of summary.results.entries()) {
    const { task, model, run, outcome } = results.runs[index]!;
    const { promptIdx, testIdx, success, score, failureReason, error, response, gradingResult } = result;
    expect([results.models[promptIdx]!.model, results.suite.tasks[Math.floor(testIdx / 3)]!.id]).toEqual([model, task]);
    expect(testIdx % 3).toBe(run - 1);
    expect(failureReason).toBe(outcome === "error" ? 2 : outcome === "pass" ? 0 : 1);
    expect([success, score]).toEqual(outcome === "pass" ? [true, 1] : [false, 0]);
    expect(error === undefined).toBe(success);
    const graded = [response !== undefined, gradingResult?.pass];
    expect(graded).toEqual(outcome === "error" ? [false, undefined] : [true, success]);
  }
});
