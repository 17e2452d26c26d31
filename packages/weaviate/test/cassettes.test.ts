import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadCassettes, recordTool } from "@llm-provider/testing";
import { weaviate } from "@llm-provider/weaviate";
import { startWeaviateTwin } from "@llm-provider/weaviate/twin";
import { expect, onTestFinished, test, vi } from "vitest";
import { documentedRuns } from "../scripts/documented-answers.ts";
import { sampleDocuments } from "../src/twin/sample-documents.ts";
import { expectedOutcomes, outcomesOf } from "./outcomes.ts";

const cassettes = loadCassettes(new URL("./cassettes/", import.meta.url));

test("each recorded run has the expected outcome", async () => {
  expect(await outcomesOf(weaviate, cassettes)).toEqual(expectedOutcomes);
});

test("a documented cassette names its page and the day", () => {
  for (const [scenario, { source }] of Object.entries(documentedRuns)) {
    const { meta } = cassettes.byScenario.get(scenario)!;
    expect(meta.origin).toBe("documented");
    expect(meta.source).toEqual([source, expect.stringMatching(/^\d{4}-\d\d-\d\d$/)]);
  }
});

test("a recording of a local server contains the default address, and a twin cannot be recorded as a server", async () => {
  const folder = mkdtempSync(join(tmpdir(), "weaviate-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  vi.stubEnv("WEAVIATE_API_KEY", "");
  onTestFinished(() => void vi.unstubAllEnvs());
  const scenarios = { search: { query: "boiling water" } };
  const collections = { Document: sampleDocuments };
  const ours = await startWeaviateTwin({ collections });
  onTestFinished(() => ours.close());
  await expect(recordTool(weaviate, { cassettes: folder, scenarios, at: ours.url })).rejects.toThrow("one of ours");

  const body = { classes: [{ class: "Document", properties: [{ name: "title", dataType: ["text"] }] }] };
  const results = { results: [{ id: "1", properties: { title: "Tea" }, metadata: { score: 1 } }], tookMs: 1 };
  const server = createServer((request, response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(request.method === "GET" ? body : results));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect(await recordTool(weaviate, { cassettes: folder, scenarios, at })).toMatchObject({ origin: "local", ok: true });
  const { meta, interactions } = loadCassettes(folder).byScenario.get("search")!;
  expect([meta.origin, meta.host]).toEqual(["local", "localhost"]);
  expect(interactions.map(({ scope, path }) => `${scope} ${path}`)).toEqual([
    "http://localhost:8080 /v1/schema",
    "http://localhost:8080 /v1/search/Document/bm25",
  ]);
  // It was recorded without a key, so it is replayed without one.
  expect(interactions[0]!.requestHeaders).not.toHaveProperty("authorization");
  expect(await outcomesOf(weaviate, loadCassettes(folder))).toEqual({ search: "bm25: Tea" });
});
