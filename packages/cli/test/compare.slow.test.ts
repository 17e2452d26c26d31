import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Results } from "@llm-provider/compare";
import { expect, test } from "vitest";
import { makeFolder } from "./make-folder.ts";
import { runCommand } from "./run-command.ts";

const bin = join(import.meta.dirname, "../src/bin.ts");
const example = join(import.meta.dirname, "../../../examples/compare/suite.yaml");
const read = (cwd: string): Results => JSON.parse(readFileSync(join(cwd, "report/results.json"), "utf8")) as Results;

test("the suite that comes with it runs on fakes, which answer with its solutions", { timeout: 180_000 }, async () => {
  const cwd = makeFolder();
  const { code } = await runCommand(["compare", "coding", "--models", "groq,ollama", "--twin"], { cwd });
  expect(code).toBe(0);
  const { runs } = read(cwd);
  expect(runs.filter(({ outcome }) => outcome !== "pass")).toEqual([]);
  expect(runs).toHaveLength(48);
});

test(
  "a program that is told to stop leaves a file that resumes, and ends by itself",
  { timeout: 120_000 },
  async () => {
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
  },
);
