import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { defineProvider, type Definition } from "@llm-provider/core";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { checkCassette } from "../src/cassette/check-cassette.ts";
import { type Cassette, loadCassettes, record, recordTool, startTwin } from "../src/index.ts";
import { documentScenario } from "../src/record/document-scenario.ts";
import { sealFolder } from "../src/record/seal-folder.ts";
import { bolt } from "./fixtures/bolt.ts";
import { lookUp } from "./fixtures/look-up.ts";

// design.md, "Contract tests": cassettes are live, documented, local or from the twin, and a twin overwrites only its own.
let folder: string;
const made: string[] = [];
beforeEach(() => void made.push((folder = mkdtempSync(join(tmpdir(), "record-")))));
afterAll(() => made.forEach((one) => rmSync(one, { recursive: true })));

const source = "https://bolt.test/chat";
const answer = {
  id: "bolt-1",
  object: "chat.completion",
  created: 1,
  model: "bolt-1",
  choices: [{ index: 0, message: { role: "assistant", content: "Hi." }, finish_reason: "stop" }],
};
const chunk = (delta: object, finish: string | null): object => ({
  id: "bolt-1",
  model: "bolt-1",
  choices: [{ index: 0, delta, finish_reason: finish }],
});
const document = (change: object = {}): Promise<void> =>
  documentScenario(bolt, { cassettes: folder, scenario: "text", source, answer: JSON.stringify(answer), ...change });
const originOf = (name: string): string | undefined => loadCassettes(folder).byScenario.get(name)?.meta.origin;
const read = (name: string): string => readFileSync(join(folder, `${name}.json`), "utf8");

describe("a documented cassette", () => {
  test("contains the page's answer, the client's request, the page and the day", async () => {
    await document();
    const { byScenario, problems } = loadCassettes(folder);
    expect(problems).toEqual([]);
    const { meta, interactions } = byScenario.get("text")!;
    expect([meta.origin, meta.source]).toEqual(["documented", [source, new Date().toISOString().slice(0, 10)]]);
    expect(JSON.parse(interactions[0]!.response)).toEqual(answer);
    expect(interactions[0]).toMatchObject({ scope: "https://bolt.test:443", path: "/openai/chat/completions" });
    expect(interactions[0]!.body).toMatchObject({ model: "bolt-1" });
  });

  test("can be a stream, made from a list of chunks or from its text", async () => {
    const chunks = [chunk({ role: "assistant", content: "Hi." }, null), chunk({}, "stop")];
    const text = `${chunks.map((one) => `data: ${JSON.stringify(one)}\n\n`).join("")}data: [DONE]\n\n`;
    for (const given of [JSON.stringify(chunks), text]) {
      await document({ scenario: "text-stream", answer: given, stream: true });
      expect(loadCassettes(folder).byScenario.get("text-stream")!.interactions[0]!.response).toBe(text);
    }
  });

  test("can be a refusal, and can have its own name", async () => {
    const refused = JSON.stringify({ error: { message: "Bad key" } });
    await document({ scenario: "invalid-key", answer: refused, status: 401 });
    await document({ scenario: "documented-greeting" });
    expect([originOf("invalid-key"), originOf("documented-greeting")]).toEqual(["documented", "documented"]);
  });

  test.each([
    ["an answer that is not JSON", { answer: "Hi." }, "not JSON"],
    ["an answer that the client cannot read", { answer: "{}" }, "cannot read this answer"],
    ["no web address", { source: "the docs" }, "web address"],
    ["a scenario that the provider does not have", { scenario: "tool-call" }, "has no scenario tool-call"],
    ["a refusal without its status", { scenario: "invalid-key" }, "give its status"],
  ])("cannot be made of %s", async (_name, change, text) => {
    await expect(document(change)).rejects.toThrow(text);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("is never overwritten by a twin, sealed or not", async () => {
    await document();
    const before = read("text");
    const report = await record(bolt, { cassettes: folder, live: false });
    expect(report.recorded.find(({ scenario }) => scenario === "text")).toMatchObject({ outcome: "kept" });
    expect(read("text")).toBe(before);
    writeFileSync(join(folder, "text.json"), before.replace(/"sha256": "\w+"/, '"sha256": ""'));
    await record(bolt, { cassettes: folder, live: false, only: ["text"] });
    expect(JSON.parse(read("text"))).toMatchObject({ meta: { origin: "documented" } });
  });

  test("does not replace a live one", async () => {
    await record(bolt, { cassettes: folder, live: false, only: ["text"] });
    writeFileSync(join(folder, "text.json"), read("text").replace('"origin": "twin"', '"origin": "live"'));
    await expect(document()).rejects.toThrow("it is live");
  });
});

test("a tool's twin overwrites no documented or live cassette", async () => {
  const twin = async (): Promise<Response> => Response.json({ results: [] });
  const run = () => recordTool(lookUp, { cassettes: folder, scenarios: { search: { query: "sea" } }, twin });
  await run();
  for (const origin of ["documented", "live"]) {
    writeFileSync(join(folder, "search.json"), read("search").replace(/"origin": "\w+"/, `"origin": "${origin}"`));
    expect((await run()).recorded).toMatchObject([{ outcome: "kept" }]);
    expect(JSON.parse(read("search"))).toMatchObject({ meta: { origin } });
  }
});

test("a tool's recording writes all cassettes or none", async () => {
  const twin = async (url: string): Promise<Response> => {
    if (url.includes("nobody")) throw new TypeError("fetch failed");
    return Response.json({ results: [] });
  };
  const scenarios = { search: { query: "sea" }, broken: { query: "nobody" } };
  const report = await recordTool(lookUp, { cassettes: folder, scenarios, twin });
  expect([report.ok, report.recorded.map(({ outcome }) => outcome)]).toEqual([false, ["kept", "failed"]]);
  expect(readdirSync(folder)).toEqual([]);
});

describe("from a server on this machine", () => {
  async function serve(server: string | undefined, refuses = false) {
    const listening = createServer((request, response) => {
      const isList = request.url!.endsWith("/models");
      const body = isList ? { object: "list", data: [{ id: "bolt-1" }] } : answer;
      const isWrong = request.headers["authorization"] === "Bearer no-such-key-7f3a9c" || refuses;
      if (server) response.setHeader("server", server);
      response.writeHead(isWrong ? 500 : 200, { "content-type": "application/json" });
      response.end(JSON.stringify(isWrong ? { error: { message: "No." } } : body));
    });
    await new Promise<void>((done) => listening.listen(0, "127.0.0.1", done));
    const baseURL = `http://127.0.0.1:${(listening.address() as AddressInfo).port}/openai`;
    const definition = { ...bolt.definition, auth: "none", baseURL } as Definition;
    return { factory: defineProvider(definition as never), close: () => listening.close() };
  }

  test("a cassette is local, with the server's name", async () => {
    const { factory, close } = await serve("llama.cpp");
    const report = await record(factory as never, { cassettes: folder, live: true, only: ["models", "text"] });
    close();
    expect([report.origin, report.ok]).toEqual(["local", true]);
    const { meta, interactions } = loadCassettes(folder).byScenario.get("text")!;
    expect([meta.origin, interactions[0]!.rawHeaders]).toEqual([
      "local",
      expect.arrayContaining(["server", "llama.cpp"]),
    ]);
  });

  test("one of our own servers is refused as a source", async () => {
    const twin = await startTwin(bolt.definition);
    const definition = { ...bolt.definition, auth: "none", baseURL: twin.url } as Definition;
    const run = record(defineProvider(definition as never) as never, { cassettes: folder, live: true, only: ["text"] });
    await expect(run).rejects.toThrow("the server is one of ours (llm-provider-twin)");
    await twin.close();
    expect(readdirSync(folder)).toEqual([]);
  });

  test("a failing scenario leaves the folder unchanged", async () => {
    const { factory, close } = await serve(undefined);
    const report = await record(factory as never, { cassettes: folder, live: true, only: ["text", "unknown-model"] });
    close();
    expect(report.recorded.map(({ outcome }) => outcome)).toEqual(["kept", "failed"]);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("a broken cassette", () => {
  const broken: [path: string, change: (json: { [key: string]: unknown }) => void][] = [
    ["interactions", (json) => (json["interactions"] = [])],
    ["interactions.0.status", (json) => ((json["interactions"] as object[])[0] = { ...firstOf(json), status: "200" })],
    [
      "interactions.0.rawHeaders",
      (json) => ((json["interactions"] as object[])[0] = { ...firstOf(json), rawHeaders: ["a"] }),
    ],
    [
      "interactions.0.scope",
      (json) => ((json["interactions"] as object[])[0] = { ...firstOf(json), scope: "bolt.test" }),
    ],
    ["interactions.0.response", (json) => ((json["interactions"] as object[])[0] = { ...firstOf(json), response: {} })],
    ["interactions.0", (json) => ((json["interactions"] as unknown[])[0] = "POST")],
    ["meta.origin", (json) => (json["meta"] = { ...(json["meta"] as object), origin: "real" })],
    ["meta.source", (json) => (json["meta"] = { ...(json["meta"] as object), source: ["the docs"] })],
    ["scenario", (json) => (json["scenario"] = 1)],
  ];
  const firstOf = (json: { [key: string]: unknown }): object => (json["interactions"] as object[])[0]!;

  test.each(broken)("names `%s`", async (path, change) => {
    await document();
    const json = JSON.parse(read("text")) as { [key: string]: unknown };
    expect(checkCassette(json)).toEqual([]);
    change(json);
    const sentences = checkCassette(json);
    expect(sentences.length).toBe(1);
    expect(sentences[0]).toContain(`\`${path}\` must be`);
    writeFileSync(join(folder, "text.json"), JSON.stringify(json));
    const { problems } = loadCassettes(folder);
    expect(problems.length).toBe(1);
    expect(problems[0]).toMatch(/^text\.json is broken: .* must be/);
  });

  test("is not sealed, and neither is any other file of its folder", async () => {
    await document();
    await document({ scenario: "documented-greeting" });
    const unsealed = (name: string, change: (json: Cassette) => object): void =>
      writeFileSync(join(folder, `${name}.json`), JSON.stringify(change(JSON.parse(read(name)) as Cassette)));
    unsealed("documented-greeting", (json) => ({ ...json, meta: { ...json.meta, sha256: "" } }));
    unsealed("text", (json) => ({ ...json, interactions: [{ ...json.interactions[0], path: "x" }] }));
    const before = read("documented-greeting");
    expect(() => sealFolder(folder)).toThrow("text.json is broken: `interactions.0.path` must be a path");
    expect(read("documented-greeting")).toBe(before);
  });
});

describe("llm-record", () => {
  const bin = fileURLToPath(new URL("../src/bin/llm-record.ts", import.meta.url));
  const module = fileURLToPath(new URL("./fixtures/bolt.ts", import.meta.url));
  const run = async (env: Record<string, string>, ...args: string[]): Promise<{ stdout: string; stderr: string }> =>
    promisify(execFile)(process.execPath, ["--conditions=source", bin, module, "--cassettes", folder, ...args], {
      cwd: folder,
      env: { PATH: process.env["PATH"], ...env },
    }).catch((error: { stdout: string; stderr: string }) => error);

  test("--document makes a cassette, and reports missing options", async () => {
    writeFileSync(join(folder, "answer.txt"), JSON.stringify(answer));
    const { stdout } = await run({}, "--document", "text", "--source", source, "--answer", "answer.txt");
    expect(stdout).toBe("documented text\n");
    expect(originOf("text")).toBe("documented");
    const { stderr } = await run({}, "--document", "text");
    expect(stderr).toContain("`--document` needs `--source <url>` and `--answer <file>`.");
  });

  test("reads the key from .env, and reports failure if every scenario failed", async () => {
    writeFileSync(join(folder, ".env"), "BOLT_TOKEN=Zq8XvN3tLw5RkJ7yHd2Bf9Gm\n");
    // bolt.test does not exist, so nothing can be recorded from it.
    const { stdout, stderr } = await run({}, "--only", "text,models");
    expect(stdout).toContain("Nothing was written: 2 of 2 scenarios of Bolt failed.");
    expect(stdout).not.toContain("itself");
    expect(stdout + stderr).not.toContain("Zq8XvN3t");
    expect(readdirSync(folder)).toEqual([".env"]);
  });
});

test("does not read a variable that does not look like a key's, and sends nothing", async () => {
  vi.stubEnv("DATABASE_URL", "postgres://user:canary-7f3a9b2c@db.test/x");
  const auth = { env: "DATABASE_URL", page: "https://acme.test/keys" };
  const spy = vi.spyOn(globalThis, "fetch");
  const stranger = defineProvider({ ...bolt.definition, auth } as typeof bolt.definition & { smallModel: never });
  await expect(record(stranger, { cassettes: "nowhere" })).rejects.toThrow(
    /does not look like a key.s, and was not read/,
  );
  expect(spy).not.toHaveBeenCalled();
  spy.mockRestore();
  vi.unstubAllEnvs();
});
