// Parts that core loads on demand (issue 16), tested as published: once with their files, once without.
import { execFileSync } from "node:child_process";
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { chatCompletions, defineProvider, Provider, ProviderError } from "@llm-provider/core";
import { bundle } from "../scripts/bundle.ts";

const source = join(import.meta.dirname, "../packages/core/src");
const canary = "sk-canary-7Qm4Zt9XvB2nLr8W";
type Core = { chatCompletions: typeof chatCompletions; defineProvider: typeof defineProvider };

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "on-demand-"));
  for (const name of ["whole", "gone"]) {
    const home = join(folder, name, "node_modules/@llm-provider/core");
    mkdirSync(home, { recursive: true });
    await bundle(join(source, ".."), home);
    const manifest = { type: "module", sideEffects: false, exports: { ".": "./index.js" } };
    writeFileSync(join(home, "package.json"), JSON.stringify(manifest));
  }
  for (const file of globSync(join(folder, "gone/**/chunks/*.js")))
    if (!basename(file).startsWith("shared-")) rmSync(file);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Prints code, status and retryable of each call's error: refused, redirected, unreachable, cut off, without a key. */
const program = `
async function run({ chatCompletions, defineProvider }) {
  const acme = defineProvider({ id: "acme", name: "Acme", docs: "", baseURL: "https://acme.test", dialect: chatCompletions(),
    auth: { env: "ACME_API_KEY", page: "" }, models: {}, smallModel: "", embeddings: { maxInputs: 2, source: ["", ""] } });
  const request = { model: "m", messages: [] };
  const make = (fetch, more = { apiKey: "k-12345678" }) => acme({ maxRetries: 0, fetch, ...more });
  const answer = (status, body, headers) => make(async () => new Response(body, { status, headers }));
  const errors = [];
  for (const call of [
    () => answer(429, '{"error":{"message":"slow down"}}').chat(request),
    () => answer(307, null, { location: "https://elsewhere.test" }).chat(request),
    () => make(async () => { throw new TypeError("fetch failed"); }).chat(request),
    () => answer(200, '{"choices":[{"delta":{"content":"half"}}]}').stream(request).result,
    () => make(undefined, {}).chat(request),
  ]) errors.push(await call().then(() => "no error", ({ code, status, retryable, message, hint }) => [code, status ?? 0, retryable, message, hint]));
  const { embeddings } = await answer(200, '{"data":[{"embedding":[1]}]}').embed({ model: "m", input: "a" });
  const [model] = await answer(200, '{"data":[{"id":"m"}]}').models();
  return { errors: errors.map(([code, status, retryable]) => [code, status, retryable].join(" ")), embeddings, id: model.id };
}`;
const wanted = {
  errors: [
    "rate-limit 429 true",
    "invalid-response 307 false",
    "network 0 true",
    "invalid-response 200 false",
    "missing-key 0 false",
  ],
  embeddings: [[1]],
  id: "m",
};

describe("parts that are loaded on demand", () => {
  it("are all known to loadAllParts, so that a fake clock waits for none", () => {
    const loads = (file: string): string[] =>
      [...readFileSync(join(source, file), "utf8").matchAll(/\bimport\("(\.[^"]+)"\)/g)].map(([, path]) =>
        join(dirname(file), path!).replaceAll("\\", "/"),
      );
    const known = new Set(loads("provider/load-all-parts.ts"));
    const used = globSync("**/*.ts", { cwd: source }).flatMap(loads);
    expect([...known].sort()).toEqual([...new Set(used)].sort());
    expect(known.size).toBeGreaterThan(5);
  });

  it.each([
    [
      "an ES module",
      "mjs",
      'import * as core from "@llm-provider/core"; console.log(JSON.stringify(await run(core)));',
    ],
    [
      "a CommonJS module",
      "cjs",
      'run(require("@llm-provider/core")).then((found) => console.log(JSON.stringify(found)));',
    ],
  ])("are found by %s", (_name, extension, code) => {
    const file = join(folder, "whole", `program.${extension}`);
    writeFileSync(file, `${program}\n${code}`);
    expect(JSON.parse(execFileSync(process.execPath, [file], { encoding: "utf8" }))).toEqual(wanted);
  });

  it.each([
    ["one file", "esm", false],
    ["one CommonJS file", "cjs", false],
    ["several files", "esm", true],
  ] as const)("survive a bundler that makes %s", async (name, format, splitting) => {
    const entry = join(folder, "whole", "entry.mjs");
    writeFileSync(
      entry,
      `${program}\nimport * as core from "@llm-provider/core"; run(core).then((found) => console.log(JSON.stringify(found)));`,
    );
    const outdir = join(folder, name.replaceAll(" ", "-"));
    const extension = format === "cjs" ? ".cjs" : ".mjs";
    await build({
      entryPoints: [entry],
      outdir,
      bundle: true,
      minify: true,
      splitting,
      format,
      platform: "node",
      outExtension: { ".js": extension },
    });
    expect(globSync("*", { cwd: outdir }).length > 1).toBe(splitting);
    const found = execFileSync(process.execPath, [join(outdir, `entry${extension}`)], { encoding: "utf8" });
    expect(JSON.parse(found)).toEqual(wanted);
  });
});

describe("when the files of these parts are out of reach", () => {
  let make: (fetch?: (url: string) => Promise<Response>, apiKey?: string) => Provider;
  beforeAll(async () => {
    const file = join(folder, "gone/node_modules/@llm-provider/core/index.js");
    const core = (await import(/* @vite-ignore */ file)) as Core;
    const acme = core.defineProvider({
      id: "acme",
      name: "Acme",
      docs: "",
      baseURL: "https://acme.test",
      auth: { env: "ACME_API_KEY", page: "" },
      dialect: core.chatCompletions(),
      models: {},
      smallModel: "" as never,
    });
    make = (fetch, apiKey) => acme({ maxRetries: 0, ...(fetch && { fetch }), ...(apiKey && { apiKey }) });
  });
  const answer = (status: number, body: string) => async (): Promise<Response> => new Response(body, { status });
  const request = { model: "m", messages: [] };
  const errorOf = (promise: Promise<unknown>): Promise<ProviderError> =>
    promise.then(
      () => Promise.reject(new Error("no error")),
      (error: ProviderError) => error,
    );

  it.each([
    [401, "invalid-key", false],
    [429, "rate-limit", true],
    [503, "server", true],
    [200, "invalid-response", false],
  ])("a status of %s still gives the code %s", async (status, code, retryable) => {
    const error = await errorOf(make(answer(status, `{"error":"no ${canary}"}`), canary).chat(request));
    expect(error).toMatchObject({ name: "ProviderError", code, retryable, status });
    expect(error.hint).toContain("out of reach");
    expect(JSON.stringify([error, error.message, error.stack])).not.toContain(canary.slice(10));
  });

  it("a lost connection still gives the code network and can be retried", async () => {
    const lost = async (): Promise<Response> => {
      throw new TypeError(`fetch failed for ${canary}`);
    };
    const error = await errorOf(make(lost, canary).chat(request));
    expect(error).toMatchObject({ code: "network", retryable: true, message: "The connection failed." });
    expect(JSON.stringify([error, error.stack])).not.toContain(canary.slice(10));
  });

  it("the error keeps the text that arrived before the answer broke off", async () => {
    const half = `data: {"choices":[{"delta":{"content":"half of ${canary}"}}]}\n\n`;
    const error = await errorOf(make(answer(200, half), canary).stream(request).result);
    expect(error).toMatchObject({ code: "invalid-response", partial: { text: "half of [redacted]" } });
  });

  it("an abort still gives the code aborted", async () => {
    const stop = AbortSignal.abort();
    expect(await errorOf(make(answer(200, ""), canary).chat(request, { signal: stop }))).toMatchObject({
      code: "aborted",
    });
  });

  it("a call that needs them fails with a hint", async () => {
    for (const call of [make(answer(200, "{}"), canary).models(), make().chat(request)])
      expect(await errorOf(call)).toMatchObject({ code: "network", hint: expect.stringContaining("out of reach") });
  });
});
