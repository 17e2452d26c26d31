import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Results } from "@llm-provider/compare";
import { expect, test } from "vitest";
import { makeFolder } from "./make-folder.ts";
import { runCommand } from "./run-command.ts";

const read = (folder: string): Results => JSON.parse(readFileSync(join(folder, "results.json"), "utf8")) as Results;

const suite = `version: 1
name: Two
tasks:
  - { id: a, prompt: Say yes., checks: [{ contains: yes }], twin: yes of course }
  - { id: b, prompt: Say no., checks: [{ contains: no }], twin: yes of course }
`;

function folderWithSuite(): string {
  const cwd = makeFolder();
  writeFileSync(join(cwd, "suite.yaml"), suite);
  return cwd;
}

test("a dry run only prints the plan: it sends and writes nothing", async () => {
  const cwd = folderWithSuite();
  const args = ["compare", "suite.yaml", "--models", "groq,mistral", "--runs", "3", "--dry-run"];
  const { code, out, err } = await runCommand(args, { cwd });
  expect([code, err]).toEqual([0, ""]);
  expect(out).toMatch(/Two: 2 tasks, each asked 3 times/);
  expect(out).toMatch(/groq:\S+\s+6 requests {2}at most \$/);
  const json = await runCommand([...args, "--json"], { cwd });
  expect(JSON.parse(json.out)).toMatchObject({
    runsPerTask: 3,
    tasks: ["a", "b"],
    mostCost: expect.any(Number) as number,
  });
  expect(existsSync(join(cwd, "report"))).toBe(false);
});

test("--json prints the results, and --out sets their folder", async () => {
  const cwd = folderWithSuite();
  const { code, out } = await runCommand(["compare", "suite.yaml", "-m", "groq", "--twin", "--json", "-o", "x/y"], {
    cwd,
  });
  expect(code).toBe(0);
  expect(JSON.parse(out)).toEqual(read(join(cwd, "x/y")));
  expect(read(join(cwd, "x/y")).models[0]).toMatchObject({ passed: 1, failed: 1 });
});

test("a terminal shows models and tasks as a matrix that is redrawn", async () => {
  const cwd = folderWithSuite();
  const args = ["compare", "suite.yaml", "-m", "groq,mistral", "--twin"];
  const { err } = await runCommand(args, { cwd, isTerminal: true, columns: 100 });
  // oxlint-disable-next-line eslint/no-control-regex -- colours
  const last = err.replaceAll(/\u001B\[[\d;]*m/g, "");
  expect(last).toMatch(/groq:\S+ +✓✗ {2}1 pass 1 fail\n/);
  expect(last).toMatch(/4 of 4 answers\n/);
});

test("Ctrl-C leaves a file, and --resume sends only the missing requests", async () => {
  const cwd = folderWithSuite();
  const controller = new AbortController();
  controller.abort();
  const args = ["compare", "suite.yaml", "-m", "groq", "--twin"];
  const stopped = await runCommand(args, { cwd, signal: controller.signal });
  expect(stopped.code).toBe(130);
  expect(stopped.err).toMatch(/Stopped: 2 answers are missing\..*--resume/);
  expect(read(join(cwd, "report")).stopped).toEqual({ by: "interrupt", missing: 2 });
  expect(await runCommand(args, { cwd })).toMatchObject({ code: 2, err: expect.stringMatching(/--resume/) as string });
  const resumed = await runCommand([...args, "--resume"], { cwd });
  expect(resumed.code).toBe(0);
  expect(read(join(cwd, "report")).runs).toHaveLength(2);
  expect(await runCommand([...args, "--resume"], { cwd })).toMatchObject({ code: 2 });
});

test("an exhausted budget is reported, and is no failure", async () => {
  const cwd = folderWithSuite();
  const { code, err } = await runCommand(["compare", "suite.yaml", "-m", "groq", "--twin", "--budget", "0.0000001"], {
    cwd,
  });
  expect(code).toBe(0);
  expect(err).toMatch(/The budget of \$1e-7 has no room for the next answer: 2 answers are missing/);
});

test("--print-schema prints the schema of a suite", async () => {
  const { code, out } = await runCommand(["compare", "--print-schema"]);
  expect([code, Object.keys((JSON.parse(out) as { properties: object }).properties)]).toEqual([
    0,
    ["version", "name", "system", "variables", "parameters", "tasks"],
  ]);
});

test.each([
  [["compare"], /Which tasks\?/],
  [["compare", "suite.yaml"], /Which models\?/],
  [["compare", "missing.yaml", "-m", "groq"], /There is no file missing\.yaml/],
  [["compare", "broken.yaml", "-m", "groq"], /broken\.yaml:3:1 `tasks`: it must be a list/],
  [["compare", "suite.yaml", "-m", "groq"], /GROQ_API_KEY is not set/],
  [["compare", "suite.yaml", "-m", "nobody"], /There is no provider `nobody`/],
  [["compare", "suite.yaml", "-m", "groq,groq", "--twin"], /is named twice/],
  [["compare", "suite.yaml", "-m", "groq", "--runs", "0"], /`--runs` takes a number from 1 to 100/],
  [["compare", "suite.yaml", "-m", "groq", "--budget", "free"], /`--budget` takes US dollars/],
  [["compare", "suite.yaml", "-m", "groq", "--concurrency", "1.5"], /`--concurrency` takes a number/],
  [["compare", "suite.yaml", "-m", "groq", "--twin", "--resume"], /nothing to resume/],
  [["compare", "--exercism", ".", "-m", "groq"], /not a clone of Exercism/],
  [["compare", "suite.yaml", "-m", "groq:unheard-of", "--twin", "--budget", "1"], /costs is not known/],
])("%j is wrong usage", async (args, message) => {
  const cwd = folderWithSuite();
  writeFileSync(join(cwd, "broken.yaml"), "version: 1\nname: x\ntasks: 1\n");
  const { code, err, out } = await runCommand(args, { cwd });
  expect([code, out]).toEqual([2, ""]);
  expect(err).toMatch(message);
});
