import { execFile, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import { loadFactory } from "../src/bin/load-factory.ts";
import { acme } from "./fixtures/acme.ts";

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "bin-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function run(bin: string, ...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const ran = promisify(execFile)(process.execPath, ["--conditions=source", source(`../src/bin/${bin}.ts`), ...args], {
    env: { PATH: process.env["PATH"] },
  });
  return ran.then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
}

test("llm-record records into a folder, and then finds nothing to change", async () => {
  const cassettes = join(folder, "cassettes");
  const first = await run("llm-record", source("./fixtures/bolt.ts"), "--cassettes", cassettes);
  expect(first).toMatchObject({ code: 0, stderr: "" });
  expect(first.stdout).toContain("written    text\n");
  expect(first.stdout).toContain("Recorded from the twin of Bolt: no request left this machine.");
  expect(readdirSync(cassettes)).toHaveLength(8);
  const check = await run("llm-record", source("./fixtures/bolt.ts"), "--cassettes", cassettes, "--check");
  expect([check.code, check.stdout.includes("same       text-stream")]).toEqual([0, true]);
});

test("a mistake is a sentence and exit code 1, never a stack", async () => {
  const { code, stderr } = await run("llm-record", "./nothing.ts");
  expect([code, stderr]).toEqual([1, "There is no file ./nothing.ts here.\n"]);
});

test.each<[string, () => Promise<unknown>, string]>([
  ["a file that is not there", () => loadFactory("./nothing.ts", undefined), "There is no file ./nothing.ts here."],
  [
    "a package that is not there",
    () => loadFactory("no-such-package", undefined),
    "The package no-such-package cannot be loaded from here.",
  ],
  ["a module without a provider", () => loadFactory(source("./fixtures/look-up.ts"), undefined), "exports no provider"],
  ["another name", () => loadFactory(source("./fixtures/bolt.ts"), "thunder"), "does not export thunder, but bolt."],
])("%s is said in a sentence", async (_name, load, text) => {
  await expect(load()).rejects.toThrow(text);
});

test("llm-twin serves until it is stopped", async () => {
  const twin = spawn(
    process.execPath,
    ["--conditions=source", source("../src/bin/llm-twin.ts"), source("./fixtures/acme.ts")],
    { env: { PATH: process.env["PATH"], LLM_TWIN_KEY: "right-key-123" } },
  );
  let output = "";
  const url = await new Promise<string>((done) => {
    twin.stdout.on("data", (bytes: Buffer) => {
      output += bytes.toString();
      const found = /listens at (\S+)/.exec(output)?.[1];
      if (found) done(found);
    });
  });
  const ask = (apiKey: string) =>
    acme({ baseURL: url, apiKey, maxRetries: 0 }).chat({
      model: "acme-small",
      messages: [{ role: "user", content: "Hello" }],
    });
  expect((await ask("right-key-123")).text).toContain("Hello");
  await expect(ask("wrong-key-456")).rejects.toMatchObject({ code: "invalid-key" });
  const ended = new Promise<number | null>((done) => twin.on("exit", done));
  twin.kill("SIGINT");
  expect(await ended).toBe(0);
  expect(output).toContain("POST /v1/chat/completions 200");
  expect(output).not.toContain("right-key");
});

test("llm-twin wants a port that is one", async () => {
  expect((await run("llm-twin", source("./fixtures/bolt.ts"), "--port", "99999")).stderr).toContain("99999 is no port");
});

test("the bins of the package start what was built", () => {
  for (const name of ["llm-record", "llm-twin"]) expect(existsSync(source(`../bin/${name}.js`))).toBe(true);
});
