import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineProvider } from "@llm-provider/core";
import { loadCassettes, runSuite } from "@llm-provider/testing";
import { expect, test } from "vitest";
import { probeEndpoint, recordCassettes, toDefinition } from "../src/index.ts";
import { twinEndpoints } from "./twin-endpoints.ts";

const endpoints = (await twinEndpoints()).filter(({ id }) => ["groq", "ollama", "openai"].includes(id));

test.each(endpoints.map((endpoint) => [endpoint.id, endpoint] as const))(
  "a server on this machine like %s: local recordings, and a green contract suite",
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
