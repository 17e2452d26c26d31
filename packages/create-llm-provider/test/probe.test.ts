import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { startTwin } from "@llm-provider/testing";
import { afterAll, expect, test } from "vitest";
import { groq } from "../../groq/src/index.ts";
import { emptyFolder, removeFolders, runMain } from "./run-bin.ts";

afterAll(removeFolders);

const quiet = ["--no-install", "--no-git", "--api-key-env", "none"];

test("--probe writes the measured facts, and an update keeps them", { timeout: 60_000 }, async () => {
  const twin = await startTwin(groq.definition);
  const folder = emptyFolder();
  const words = ["acme", "--base-url", twin.url, "--models", groq.definition.smallModel, "--probe", "--yes", ...quiet];
  const made = await runMain(words, { folder });
  expect([made.code, made.err]).toEqual([0, ""]);
  expect(made.out).toContain("All parameters at once  10 of 27 refused: n, logit_bias, top_logprobs …");
  const read = (path: string): string => readFileSync(join(folder, "acme", path), "utf8");
  expect(read("src/acme.ts")).toContain('top_k: { rejected: 400, source: "probe" }');
  expect(read("src/errors.ts")).toContain("property '{parameter}' is unsupported");
  expect(read("src/models.ts")).toContain('features: ["tools", "json", "schema", "reasoning"], source: "probe"');
  expect(read("README.md")).toContain("`top_k` is rejected with HTTP 400");
  const cassettes = readdirSync(join(folder, "acme/test/cassettes"));
  expect(cassettes).toContain("tool-round-trip.json");
  expect(JSON.parse(read("test/cassettes/text.json"))).toMatchObject({ meta: { origin: "twin" } });

  const before = read("src/acme.ts") + read("README.md") + read("src/models.ts");
  const checked = await runMain(["check", "acme"], { folder });
  expect(checked.out).toMatch(/src\/acme\.ts.*edited/);
  const updated = await runMain(["update", "acme"], { folder });
  await twin.close();
  expect(updated.code).toBe(0);
  expect(read("src/acme.ts") + read("README.md") + read("src/models.ts")).toBe(before);
});

test("a foreign local server gives local recordings", { timeout: 60_000 }, async () => {
  const twin = await startTwin(groq.definition);
  // The same endpoint with another server name.
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const init: RequestInit = { method: request.method ?? "GET", headers: { "content-type": "application/json" } };
      if (request.method === "POST") init.body = Buffer.concat(chunks).toString();
      void fetch(new URL(request.url!, twin.url), init).then(async (answer) => {
        const headers = Object.fromEntries(
          [...answer.headers].filter(([name]) => !/length|encoding|^server$|keep/.test(name)),
        );
        response.writeHead(answer.status, { ...headers, server: "llama.cpp" });
        response.end(Buffer.from(await answer.arrayBuffer()));
      });
    });
  }).listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/openai/v1`;
  const folder = emptyFolder();
  const words = ["acme", "--base-url", url, "--models", groq.definition.smallModel, "--probe", "--yes", ...quiet];
  const made = await runMain(words, { folder });
  server.close();
  server.closeAllConnections();
  await twin.close();
  expect([made.code, made.err]).toEqual([0, ""]);
  const text = readFileSync(join(folder, "acme/test/cassettes/text.json"), "utf8");
  expect(JSON.parse(text)).toMatchObject({ meta: { origin: "local" } });
});

test.each([
  ["a stop", ["--yes"], 4, /The probe was stopped \(HTTP 401\) after \d requests: .* Nothing was written\./],
  ["no terminal for the question", [], 2, /Add --yes to send them/],
])("%s writes nothing", async (_, more, code, sentence) => {
  const server = createServer((__, response) => {
    response.writeHead(401, { "content-type": "application/json" }).end('{"error":{"message":"no such key"}}');
  }).listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  const folder = emptyFolder();
  const made = await runMain(["acme", "--base-url", url, "--probe", ...more, ...quiet], { folder });
  server.close();
  server.closeAllConnections();
  expect([made.code, readdirSync(folder)]).toEqual([code, []]);
  expect(made.err).toMatch(sentence);
});

test("a tool cannot be probed, a named key must be set, and --dry-run shows only the plan", async () => {
  const folder = emptyFolder();
  const url = "https://api.acme.ai/v1";
  const tool = await runMain(["acme", "--base-url", url, "--template", "tool", "--probe", "--yes"], { folder });
  expect([tool.code, tool.err]).toEqual([2, expect.stringContaining("leave --probe out")]);
  const missing = await runMain(["acme", "--base-url", url, "--api-key-env", "OTHER_API_KEY", "--probe", "--yes"], {
    folder,
  });
  expect([missing.code, missing.err]).toEqual([2, expect.stringContaining("OTHER_API_KEY, which is not set")]);
  const plan = await runMain(["acme", "--base-url", url, "--probe", "--dry-run"], { folder });
  expect([plan.code, plan.out]).toEqual([0, expect.stringContaining("At most 64 requests, 27 of them answered")]);
  expect(readdirSync(folder)).toEqual([]);
});
