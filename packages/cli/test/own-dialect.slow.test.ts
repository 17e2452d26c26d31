import { execFile, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, describe, expect, test } from "vitest";

// The worked dialect of docs/authoring.md, as printed there, in a folder unrelated to this repository.
const root = fileURLToPath(new URL("../../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "dialect-"));
afterAll(() => rmSync(folder, { recursive: true }));

const page = readFileSync(join(root, "docs/authoring.md"), "utf8");
for (const [, file, code] of page.matchAll(/<!-- file: (\S+) -->\n\n```typescript\n([\s\S]*?)```/g))
  writeFileSync(join(folder, file!), code!);
writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "brook", type: "module" }));
mkdirSync(join(folder, "node_modules/@llm-provider"), { recursive: true });
for (const name of ["core", "testing"])
  symlinkSync(join(root, "packages", name), join(folder, "node_modules/@llm-provider", name));

const environment = { PATH: process.env["PATH"] };
const bin = join(root, "packages/cli/src/bin.ts");
type Ran = { stdout: string; stderr: string; code?: number };

function node(...args: string[]): Promise<Ran> {
  return promisify(execFile)(process.execPath, ["--conditions=source", ...args], {
    cwd: folder,
    env: environment,
  }).catch((error: Ran) => error);
}

/** Runs a program of the folder and returns its last line as JSON. */
async function program(text: string): Promise<unknown> {
  const file = join(folder, `program-${text.length}.ts`);
  writeFileSync(file, text);
  const { stdout, stderr } = await node(file);
  expect(stderr).toBe("");
  return JSON.parse(stdout);
}

const head = `import { startTwin, runSuite, record } from "@llm-provider/testing";
import { brook } from "./brook.ts";
const messages = [{ role: "user", content: "Hello there" }] as const;
`;

describe("a custom dialect", { timeout: 60_000 }, () => {
  test("chats and streams with its twin, which refuses as the definition says", async () => {
    const seen = (await program(`${head}
const twin = await startTwin(brook.definition);
const provider = brook({ baseURL: twin.url, apiKey: "any", maxRetries: 0 });
const whole = await provider.chat({ model: "brook-1", messages });
const streamed = await provider.stream({ model: "brook-1", messages }).result;
const cut = await provider.chat({ model: "brook-1", messages, max_tokens: 3 });
const models = await provider.models();
const post = async (path: string, body: object) => {
  const response = await fetch(twin.url + path, { method: "POST", body: JSON.stringify(body) });
  return [response.status, await response.json()];
};
const turns = [{ who: "user", says: "Hi" }];
const refused = await post("/talk", { engine: "brook-1", turns, most: "many" });
const unknown = await post("/chat/completions", {});
await twin.close();
console.log(JSON.stringify({ whole, streamed, cut, models, refused, unknown, sent: twin.requests[0]?.body }));
`)) as { [name: string]: { [field: string]: unknown } };
    expect(seen["whole"]).toMatchObject({ finishReason: "stop", rawFinishReason: "end", model: "brook-1" });
    expect(seen["whole"]!["text"]).toContain("Hello there");
    expect(seen["streamed"]!["text"]).toBe(seen["whole"]!["text"]);
    expect(seen["streamed"]!["usage"]).toEqual(seen["whole"]!["usage"]);
    expect(seen["cut"]).toMatchObject({ finishReason: "length", text: "This is the " });
    expect(seen["models"]).toMatchObject([{ id: "brook-1", context: 8000 }]);
    expect(seen["sent"]).toEqual({ engine: "brook-1", turns: [{ who: "user", says: "Hello there" }] });
    expect(seen["refused"]).toEqual([
      400,
      { error: { text: expect.stringContaining("'max_tokens'"), kind: "invalid_request_error" } },
    ]);
    expect(seen["unknown"]).toEqual([404, { error: expect.any(Object) }]);
  });

  test("passes the contract tests with cassettes of its twin", async () => {
    const report = (await program(`${head}
const cassettes = new URL("./cassettes/", import.meta.url);
const { recorded } = await record(brook, { cassettes, live: false });
const { checks, tally } = await runSuite(brook, { cassettes });
const failures = checks.flatMap(({ failure }) => failure ?? []);
console.log(JSON.stringify({ failed: recorded.filter(({ outcome }) => outcome === "failed"), failures, tally, count: checks.length }));
`)) as { failed: unknown[]; failures: string[]; tally: string; count: number };
    expect(report.failed).toEqual([]);
    expect(report.failures).toEqual([]);
    expect(report.count).toBeGreaterThan(80);
    expect(report.tally).toMatch(/^Brook: \d+ cassettes: 0 live, 0 documented, \d+ from the twin$/);
  });

  test("works with the command line's chat and twin", async () => {
    const { stdout } = await node(bin, "chat", "./brook.ts", "Hello there", "--twin");
    expect(stdout).toContain("You said: Hello there");
    const twin = spawn(process.execPath, ["--conditions=source", bin, "twin", "./brook.ts"], {
      cwd: folder,
      env: environment,
    });
    const url = await new Promise<string>((done) => twin.stdout.once("data", (bytes) => done(String(bytes).trim())));
    const listed = await fetch(`${url}/engines`);
    expect(await listed.json()).toEqual({ engines: [{ id: "brook-1" }] });
    const asked = await node(bin, "models", "./brook.ts");
    expect(asked.stdout).toContain("brook-1");
    const ended = new Promise((done) => twin.on("exit", done));
    twin.kill("SIGTERM");
    await ended;
  });

  test("is exported to LibreChat by its OpenAI-compatible address, and refused without one", async () => {
    const { stdout } = await node(bin, "librechat", "export", "./brook.ts");
    expect(stdout).toContain("https://api.brook.test/openai/v1");
    const bare = readFileSync(join(folder, "brook.ts"), "utf8").replace(/ {2}librechat: \{.*\n/, "");
    writeFileSync(join(folder, "bare.ts"), bare);
    const { stderr } = await node(bin, "librechat", "export", "./bare.ts");
    expect(stderr).toContain('Brook speaks "brook"');
  });

  test("needs its server side for a twin; without it the twin says what is missing", async () => {
    const text = readFileSync(join(folder, "brook.ts"), "utf8").replace(/ {2}server: .*\n/, "");
    writeFileSync(join(folder, "one-sided.ts"), text);
    const { stderr } = await node(bin, "chat", "./one-sided.ts", "Hello", "--twin");
    expect(stderr).toContain("The dialect of Brook has no `server`");
  });
});

test("is in the page where this test looks for it", async () => {
  const { brook } = (await import(pathToFileURL(join(folder, "brook.ts")).href)) as { brook: { definition: object } };
  expect(brook.definition).toMatchObject({ dialect: { name: "brook" } });
});
