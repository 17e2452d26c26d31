import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { ProviderFactory } from "@llm-provider/core";
import { startTwin, runSuite } from "@llm-provider/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { groq } from "../../groq/src/index.ts";
import { canary, runCommand } from "./run-command.ts";
import { makeFolder } from "./make-folder.ts";

let url: string;
let requests: readonly { path: string }[];
let close: () => Promise<void>;
beforeAll(async () => {
  const twin = await startTwin(groq.definition);
  ({ url, requests, close } = twin);
});
afterAll(() => close());

const model = groq.definition.smallModel;
const keys = [
  "ok",
  "baseURL",
  "model",
  "requests",
  "tokens",
  "parameters",
  "unknownParameters",
  "refusals",
  "conflicts",
  "messages",
  "toolChoice",
  "structuredOutput",
  "streaming",
  "reasoning",
  "limits",
  "models",
  "errors",
  "definition",
  "librechat",
  "stopped",
];

test("--json prints the report with exactly its fields, and counts every request", async () => {
  const before = requests.length;
  const { code, out, err } = await runCommand(["probe", url, "-y", "--json", "--model", model]);
  const report = JSON.parse(out) as { [name: string]: unknown };
  expect([code, Object.keys(report)]).toEqual([0, keys]);
  expect(report["requests"]).toBe(requests.length - before);
  expect(report).toMatchObject({ ok: true, baseURL: url, model, stopped: null });
  expect(report["definition"]).toContain('sources: { probe: ["probe of http://127.0.0.1');
  expect(report["librechat"]).toContain("endpoints:\n  custom:");
  expect(err).toMatch(/2 All parameters at once {2}10 of 27 refused: n, logit_bias, top_logprobs …\n/);
});

test("the plan with its maximum cost comes before the first request; --dry-run sends nothing", async () => {
  const before = requests.length;
  const { code, out, err } = await runCommand(["probe", url, "--dry-run", "--max-requests", "40", "--errors"]);
  expect([code, out, requests.length]).toEqual([0, "", before]);
  expect(err).toContain(`Asks ${new URL(url).host}, without a key, model the first listed that answers`);
  expect(err).toMatch(/At most 40 requests, 27 of them answered: \d+ tokens in and \d+ out\.\n$/);
  const remote = await runCommand(["probe", "https://api.groq.com/openai/v1", "--model", model, "--dry-run"]);
  expect(remote.err).toMatch(/Asks api\.groq\.com, with the key in GROQ_API_KEY, model [^]* out, or \$0\.00\d\d\.\n$/);
});

test.each([
  [[], "Which base-url?"],
  [["ftp://x"], "is not a web address"],
  [["http://api.acme.ai/v1"], "http on another host"],
  [["https://user:pass@api.acme.ai/v1"], "Leave user, password and hash out"],
  [["https://api.acme.ai/v1", "-y"], "ACME_API_KEY is not set"],
  [["https://api.acme.ai/v1", "-y", "--key-env", canary], "never takes the key itself"],
  [["http://localhost:1/v1"], "Add `-y`"],
  [["http://localhost:1/v1", "-y", "--timeout", "soon"], "`--timeout` takes a number"],
  [["--resume"], "no probe to continue"],
])("wrong usage ends with a clear message and exit code 2: %j", async (args, sentence) => {
  const { code, err } = await runCommand(["probe", ...args], { cwd: makeFolder() });
  expect([code, err]).toEqual([2, expect.stringContaining(sentence)]);
  expect(err).not.toContain(canary.slice(9, 25));
});

test("an endpoint that stops the probe gives exit code 4, and nothing is written", async () => {
  let number = 0;
  const server = createServer((request, response) => {
    number++;
    const isList = request.method === "GET";
    response.writeHead(isList ? 200 : number > 3 ? 401 : 400, { "content-type": "application/json" });
    response.end(isList ? '{"data":[{"id":"m"}]}' : '{"error":{"message":"no"}}');
  }).listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  const { port } = server.address() as AddressInfo;
  const cwd = makeFolder();
  const { code, out, err } = await runCommand(
    ["probe", `http://127.0.0.1:${port}/v1`, "-y", "--json", "--out", "acme"],
    { cwd },
  );
  server.close();
  server.closeAllConnections();
  expect([code, readdirSync(cwd)]).toEqual([4, []]);
  expect(JSON.parse(out)).toMatchObject({
    ok: false,
    definition: "",
    librechat: "",
    stopped: { status: 401, after: 3 },
  });
  expect(err).toContain("Nothing was written.");
});

test("Ctrl-C leaves a file without a key, and --resume continues from it", async () => {
  const cwd = makeFolder();
  const controller = new AbortController();
  const slow = await startTwin(groq.definition, {
    onRequest: () => void (slow.requests.length === 12 && controller.abort()),
  });
  const { code, err } = await runCommand(["probe", slow.url, "-y", "--model", model, "--out", "acme"], {
    cwd,
    signal: controller.signal,
  });
  expect([code, readdirSync(cwd)]).toEqual([130, [".llm-provider-probe.json"]]);
  expect(err).toContain("Continue with: llm-provider probe --resume");
  const before = slow.requests.length;
  const again = await runCommand(["probe", "-y", "--resume", "--json"], { cwd });
  await slow.close();
  const { requests: counted, ok } = JSON.parse(again.out) as { requests: number; ok: boolean };
  expect([again.code, ok, existsSync(join(cwd, ".llm-provider-probe.json"))]).toEqual([0, true, false]);
  // Earlier answers count, and their requests are not repeated.
  expect(slow.requests.length - before).toBeLessThan(counted - 8);
});

test("--out writes a package that passes its contract suite", { timeout: 60_000 }, async () => {
  const cwd = makeFolder();
  const { code, err } = await runCommand(["probe", url, "-y", "--model", model, "--out", "acme"], { cwd });
  expect([code, err]).toEqual([0, expect.stringContaining("recordings: twin")]);
  const folder = join(cwd, "acme");
  expect(readdirSync(join(folder, "src")).sort()).toEqual(["errors.ts", "index.ts", "local.ts", "models.ts"]);
  const readme = readFileSync(join(folder, "README.md"), "utf8");
  expect(readme).toContain("| `top_k` | `top_k` is rejected with HTTP 400, so it is left out. | probe |");
  expect(readme).toContain("endpoints:\n  custom:");
  // The import that an installed package would use.
  const source = readFileSync(join(folder, "src/local.ts"), "utf8");
  expect(source).toContain("defineProvider");
  const core = pathToFileURL(join(import.meta.dirname, "../../core/src/index.ts")).href;
  writeFileSync(join(folder, "src/local.ts"), source.replace('"@llm-provider/core"', JSON.stringify(core)));
  const loaded = (await import(pathToFileURL(join(folder, "src/index.ts")).href)) as { localProvider: ProviderFactory };
  const { checks } = await runSuite(loaded.localProvider, { cassettes: join(folder, "test/cassettes") });
  expect(checks.filter(({ failure }) => failure !== undefined)).toEqual([]);
  const twice = await runCommand(["probe", url, "-y", "--model", model, "--out", "acme"], { cwd });
  expect([twice.code, twice.err]).toEqual([2, expect.stringContaining("acme is not empty")]);
});

test("--check compares with a definition, and drift gives exit code 1", async () => {
  const same = await runCommand(["probe", url, "-y", "--check", "groq", "--model", model]);
  expect([same.code, same.err]).toEqual([
    0,
    expect.stringContaining("All measurements agree with the definition of Groq"),
  ]);
  const other = await runCommand(["probe", url, "-y", "--check", "deepseek", "--model", model]);
  expect(other.code).toBe(1);
  expect(other.err).toMatch(/parameters\.logit_bias: the definition says taken, measured refused with HTTP 400 \(#\d+/);
  expect(other.err).toContain("https://");
});

test("a definition's key is sent only to its own host", async () => {
  const args = ["probe", "https://elsewhere.example/v1", "--check", "groq", "--dry-run"];
  const { err } = await runCommand(args, { env: { GROQ_API_KEY: canary } });
  expect(err).toContain("Asks elsewhere.example, with the key in ELSEWHERE_API_KEY");
});

test("the table fits 80 columns", async () => {
  const { out } = await runCommand(["probe", url, "-y", "--model", model], { columns: 80 });
  const table = out.slice(0, out.indexOf("For librechat.yaml"));
  expect(table.split("\n").filter((line) => line.length > 80)).toEqual([]);
});
