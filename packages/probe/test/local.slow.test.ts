import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineProvider } from "@llm-provider/core";
import { loadCassettes, runSuite } from "@llm-provider/testing";
import { afterEach, expect, test, vi } from "vitest";
import { probeEndpoint, recordCassettes, toDefinition } from "../src/index.ts";
import { twinEndpoints } from "./twin-endpoints.ts";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

const endpoints = (await twinEndpoints()).filter(({ id }) => ["groq", "ollama", "openai"].includes(id));

test.each(endpoints.map((endpoint) => [endpoint.id, endpoint] as const))(
  "a local server like %s gives local recordings, which pass the contract suite",
  { timeout: 120_000 },
  async (_, { definition, start }) => {
    const twin = await start();
    // The same endpoint under another `Server` header.
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", async () => {
        const init: RequestInit = { method: request.method!, headers: { "content-type": "application/json" } };
        if (request.method === "POST") init.body = Buffer.concat(chunks).toString();
        const answer = await fetch(new URL(request.url!, twin.url), init);
        const headers = [...answer.headers].filter(([name]) => !/length|encoding|^server$|keep/.test(name));
        response.writeHead(answer.status, { ...Object.fromEntries(headers), server: "llama.cpp" });
        response.end(Buffer.from(await answer.arrayBuffer()));
      });
    }).listen(0, "127.0.0.1");
    await new Promise((done) => server.once("listening", done));
    const baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}${new URL(twin.url).pathname}`;
    const cassettes = mkdtempSync(join(tmpdir(), "probe-local-"));
    try {
      const model = definition.smallModel;
      const { report, endpoint } = await probeEndpoint({ baseURL, keyEnv: undefined, timeout: 10_000, model });
      expect(endpoint.origin).toBe("local");
      const identity = { id: "acme", name: "Acme", keyEnv: undefined, day: "2026-11-28" };
      await recordCassettes(report, identity, cassettes, endpoint.origin);
      const origins = [...loadCassettes(cassettes).byScenario.values()].map(({ meta }) => meta.origin);
      expect(origins.filter((origin) => origin === "local").length).toBeGreaterThan(10);
      const { checks } = await runSuite(defineProvider(toDefinition(report, identity)), { cassettes });
      expect(checks.filter(({ failure }) => failure !== undefined)).toEqual([]);
    } finally {
      rmSync(cassettes, { recursive: true });
      server.close();
      server.closeAllConnections();
      await twin.close();
    }
  },
);

test(
  "a remote host gives live recordings without the key, which pass the contract suite",
  { timeout: 120_000 },
  async () => {
    const { definition, start } = endpoints.find(({ id }) => id === "groq")!;
    const twin = await start();
    const key = "gsk_Zq8Lm2Xc7Vb4Nk9Tr6Wy3Hd5Jf1Pa0Se";
    vi.stubEnv("ACME_API_KEY", key);
    const realFetch = globalThis.fetch;
    let known = 0;
    vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
      const { host, pathname } = new URL(url);
      if (host !== "api.acme.test") return realFetch(url, init);
      if (new Headers(init.headers).get("authorization") === `Bearer ${key}`) known++;
      else
        return new Response('{"error":{"message":"Invalid API Key","code":"invalid_api_key"}}', {
          status: 401,
          headers: { date: new Date().toUTCString() },
        });
      const { model } = JSON.parse(String(init.body ?? "{}")) as { model?: string };
      if (model === "no-such-model")
        return new Response('{"error":{"message":"no such model"}}', {
          status: 404,
          headers: { date: new Date().toUTCString() },
        });
      const answer = await realFetch(new URL(pathname, twin.url), init);
      const headers = [...answer.headers].filter(([name]) => !/length|encoding|^server$/.test(name));
      return new Response(answer.body, { status: answer.status, headers });
    });
    const cassettes = mkdtempSync(join(tmpdir(), "probe-live-"));
    try {
      const baseURL = `https://api.acme.test${new URL(twin.url).pathname}`;
      const model = definition.smallModel;
      const { report, endpoint } = await probeEndpoint({
        baseURL,
        keyEnv: "ACME_API_KEY",
        timeout: 10_000,
        model,
        errors: true,
      });
      expect([endpoint.origin, report.errors.some(({ of }) => of === "invalid-key")]).toEqual(["live", true]);
      const identity = { id: "acme", name: "Acme", keyEnv: "ACME_API_KEY", day: "2026-11-28" };
      expect(await recordCassettes(report, identity, cassettes, endpoint.origin)).toEqual({ origin: "live" });
      const { byScenario } = loadCassettes(cassettes);
      expect(new Set([...byScenario.values()].map(({ meta }) => meta.origin))).toEqual(new Set(["live"]));
      expect(JSON.stringify([...byScenario.values(), report, endpoint.log])).not.toContain(key.slice(4, 14));
      expect(known).toBeGreaterThan(50);
      const { checks } = await runSuite(defineProvider(toDefinition(report, identity)), { cassettes });
      expect(checks.filter(({ failure }) => failure !== undefined)).toEqual([]);
    } finally {
      rmSync(cassettes, { recursive: true });
      await twin.close();
    }
  },
);
