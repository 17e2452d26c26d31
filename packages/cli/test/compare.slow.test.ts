import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Results } from "@llm-provider/compare";
import { expect, test } from "vitest";
import { makeFolder } from "./make-folder.ts";
import { canary, runCommand } from "./run-command.ts";

const bin = join(import.meta.dirname, "../src/bin.ts");
const example = join(import.meta.dirname, "../../../examples/compare/suite.yaml");
const both = "ollama:codellama,deepseek:deepseek-flash";
const read = (cwd: string): Results => JSON.parse(readFileSync(join(cwd, "report/results.json"), "utf8")) as Results;

test("the example produces each kind of outcome on fakes, and a report", { timeout: 60_000 }, async () => {
  const cwd = makeFolder();
  const env = { DEEPSEEK_API_KEY: canary };
  const outcome = await runCommand(["compare", example, "--models", both, "--twin", "--promptfoo"], { cwd, env });
  expect(outcome.code).toBe(0);
  const results = read(cwd);
  const outcomes = Object.fromEntries(results.runs.map(({ model, task, outcome: one }) => [`${model} ${task}`, one]));
  expect(outcomes).toEqual({
    "ollama:codellama slugify": "fail",
    "ollama:codellama chunk": "pass",
    "ollama:codellama find-cycle": "fail",
    "ollama:codellama commit-message": "fail",
    "ollama:codellama pick-tool": "refusal",
    "deepseek:deepseek-flash slugify": "pass",
    "deepseek:deepseek-flash chunk": "pass",
    "deepseek:deepseek-flash find-cycle": "pass",
    "deepseek:deepseek-flash commit-message": "pass",
    "deepseek:deepseek-flash pick-tool": "pass",
  });
  const { cost, costIsAtMost } = results.models[1]!;
  expect([results.models[0]!.cost, costIsAtMost]).toEqual([0, true]);
  expect(cost).toBeGreaterThan(0);
  // A pipe gets the summary on stdout; stderr has the plan, one line for each answer and the paths written.
  expect(outcome.out).toMatch(/deepseek-flash\s+100%/);
  expect(outcome.err).toMatch(/5 tasks, each asked once, 4 at once, temperature 0\n/);
  expect(outcome.err.match(/^\[\d+\/10\] /gm)).toHaveLength(10);
  for (const file of ["report.html", "promptfoo/promptfooconfig.yaml", "promptfoo/suite.json"]) {
    const text = readFileSync(join(cwd, "report", file), "utf8");
    expect(text.length).toBeGreaterThan(100);
    expect(text).not.toContain(canary);
  }
  expect(JSON.stringify(results) + outcome.out + outcome.err).not.toContain(canary);
  expect(existsSync(join(cwd, "report/resume.jsonl"))).toBe(false);
});

test("the bundled suite runs on fakes, which answer with its solutions", { timeout: 180_000 }, async () => {
  const cwd = makeFolder();
  const { code } = await runCommand(["compare", "coding", "--models", "groq,ollama", "--twin"], { cwd });
  expect(code).toBe(0);
  const { runs } = read(cwd);
  expect(runs.filter(({ outcome }) => outcome !== "pass")).toEqual([]);
  expect(runs).toHaveLength(48);
});

test("a stopped program leaves a file to resume from, and exits by itself", { timeout: 120_000 }, async () => {
  const cwd = makeFolder();
  const start = (...more: string[]): ReturnType<typeof spawn> => {
    const args = [
      "compare",
      example,
      "--models",
      "ollama:codellama,groq",
      "--twin",
      "--runs",
      "2",
      "--concurrency",
      "1",
    ];
    return spawn(process.execPath, ["--conditions=source", bin, ...args, ...more], {
      cwd,
      stdio: ["ignore", "pipe", "pipe"],
    });
  };
  const first = start();
  let told = "";
  first.stderr!.on("data", (chunk: Buffer) => {
    const isTold = told.includes("[3/20]");
    told += String(chunk);
    // A second signal would end it at once.
    if (!isTold && told.includes("[3/20]")) first.kill("SIGINT");
  });
  expect((await once(first, "exit"))[0]).toBe(130);
  expect(told).toMatch(/Stopped: \d+ answers are missing/);
  const before = read(cwd).runs;
  expect(before.length).toBeGreaterThanOrEqual(3);
  expect(before.length).toBeLessThan(20);
  const second = start("--resume");
  second.stdout!.resume();
  second.stderr!.resume();
  expect((await once(second, "exit"))[0]).toBe(0);
  const { runs, stopped } = read(cwd);
  expect([runs.length, stopped]).toEqual([20, undefined]);
  expect(runs.slice(0, before.length)).toEqual(before);
});
