import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "bin-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const bin = source("../src/bin/llm-record.ts");
  const ran = promisify(execFile)(process.execPath, ["--conditions=source", bin, ...args], {
    env: { PATH: process.env["PATH"] },
  });
  return ran.then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
}

test("llm-record records into a folder, and then finds nothing to change", async () => {
  const cassettes = join(folder, "cassettes");
  const bolt = source("./fixtures/bolt.ts");
  const first = await run(bolt, "--cassettes", cassettes);
  expect(first).toMatchObject({
    code: 0,
    // Issue 17: without a key llm-record records the twin, so it sends nothing to the host.
    stderr: `${bolt} is a local package: no request is sent to bolt.test.\n`,
  });
  expect(first.stdout).toContain("written    text\n");
  expect(first.stdout).toContain("Recorded from the twin of Bolt: no request left this machine.");
  expect(readdirSync(cassettes)).toHaveLength(8);
  const check = await run(bolt, "--cassettes", cassettes, "--check");
  expect([check.code, check.stdout.includes("same       text-stream")]).toEqual([0, true]);
});

// Issue 15: one command-line library and one set of exit codes, so wrong usage exits with 2 here as in `llm-provider`.
test.each([
  [["./nothing.ts"], "error There is no file or folder ./nothing.ts here.\n"],
  [["--chek"], "error There is no option `--chek`; did you mean `--check`? See `llm-record --help`.\n"],
  [["--live", "--twin"], "error `--live` and `--twin` exclude each other. Choose one.\n"],
])("%j ends with a clear message and exit code 2, never a stack trace", async (args, sentence) => {
  const { code, stdout, stderr } = await run(...args);
  expect([code, stdout, stderr]).toEqual([2, "", sentence]);
});

test("llm-record --help shows options and an example, in 80 columns", async () => {
  const { code, stdout } = await run("--help");
  expect([code, stdout.split("\n").filter((line) => line.length > 80)]).toEqual([0, []]);
  expect(stdout).toMatch(/^Usage: llm-record [\s\S]*--seal[\s\S]*\nExamples:\n {2}llm-record/);
});

test("the package's bin starts the built program", () => {
  expect(existsSync(source("../bin/llm-record.js"))).toBe(true);
});
