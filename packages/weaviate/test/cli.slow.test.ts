import { startWeaviateTwin, type WeaviateTwin } from "@llm-provider/weaviate/twin";
import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { parse } from "yaml";
import { callTool, cancelCall } from "../../mcp/test/served-command.ts";
import { useCommand } from "../../mcp/test/use-command.ts";
import { runCommand } from "../src/cli/run-command.ts";
import { sampleDocuments } from "../src/twin/sample-documents.ts";

const canary = "wv-canary-c4a7e91b30d258f6c4a7e91b";
let twin: WeaviateTwin;

const { run, expectStdio, expectHttp } = useCommand(new URL("../src/cli.ts", import.meta.url), runCommand, environment);

beforeAll(async () => {
  twin = await startWeaviateTwin({
    apiKey: canary,
    collections: { Document: sampleDocuments, Other: [] },
    answer: ({ body }) =>
      body["query"] === "hang"
        ? "hang"
        : body["query"] === "down"
          ? { status: 503, body: { error: [{ message: `Read only for ${canary}.` }] } }
          : undefined,
  });
});
afterAll(() => twin.close());

function environment(more: Record<string, string> = {}): Record<string, string> {
  return {
    PATH: process.env["PATH"] ?? "",
    WEAVIATE_API_KEY: canary,
    // With the path that people often copy along.
    WEAVIATE_URL: `${twin.url}/v1/`,
    WEAVIATE_COLLECTION: "Document",
    ...more,
  };
}

async function expectSearch(client: Client): Promise<void> {
  const call = (input: Record<string, unknown>) => callTool(client, "search_documents", input);
  const { tools } = await client.listTools();
  expect(tools).toMatchObject([{ name: "search_documents", inputSchema: { type: "object", required: ["query"] } }]);
  // The operator has fixed the collection.
  expect(tools[0]!.inputSchema.properties).not.toHaveProperty("collection");
  const { text } = await call({ query: "boiling water for black leaves" });
  expect(text).toContain("[1] Brewing black tea\nsource: teas/black.md · score:");
  expect(await call({ query: "" })).toMatchObject({ isError: true, text: expect.stringContaining("query") });
  expect(await call({ query: "x", filters: [{ property: "yeer", operator: "Equal", value: 1 }] })).toMatchObject({
    isError: true,
    text: expect.stringContaining("Did you mean year?"),
  });
  const down = await call({ query: "down" });
  expect(down).toMatchObject({ isError: true, text: expect.stringContaining("Read only for [redacted].") });
  const many = await Promise.all(Array.from({ length: 50 }, () => call({ query: "limescale in the kettle" })));
  for (const one of many) expect(one.text).toContain("[1] Cleaning the kettle");

  await expect(cancelCall(client, "search_documents", { query: "hang" })).rejects.toThrow();
  expect((await call({ query: "tea" })).isError).toBeUndefined();
}

test("without arguments, the command runs an MCP server over stdio", () =>
  expectStdio("@llm-provider/weaviate", async (client) => {
    expect(client.getInstructions()).toContain("cite the sources");
    await expectSearch(client);
  }));

test("with --http, it runs an MCP server over HTTP, with the token from a file", () => expectHttp(expectSearch));

test("--embed makes the vectors of queries with an installed provider", async () => {
  const { startTwin } = await import("@llm-provider/testing");
  const { mistral } = await import("@llm-provider/mistral");
  const endpoint = await startTwin(mistral.definition, { apiKey: canary });
  const provider = mistral({ apiKey: canary, baseURL: endpoint.url });
  const { embeddings } = await provider.embed({ model: "mistral-embed", input: "nothing in common" });
  vi.stubEnv("WEAVIATE_COLLECTION", "");
  const { toolSettings } = await import("../src/cli/tool-settings.ts");
  const { embed } = await toolSettings({ embed: "mistral:mistral-embed" });
  expect(embed).toMatchObject({ model: "mistral-embed", provider: { id: "mistral" } });
  expect(embeddings[0]!.length).toBeGreaterThan(10);
  vi.unstubAllEnvs();
  await endpoint.close();
});

test("librechat prints both blocks without a key, and Weaviate's own as a comment", async () => {
  const { out } = await run(["librechat", "--url", "http://weaviate-tool:3335/mcp"]);
  expect(out).not.toContain(canary.slice(0, 14));
  expect(parse(out)).toMatchObject({
    mcpServers: { weaviate: { url: "http://weaviate-tool:3335/mcp", requiresOAuth: false } },
    mcpSettings: { allowedAddresses: ["weaviate-tool:3335"] },
  });
  expect(out).toContain("#     url: http://localhost:8080/v1/mcp");
  expect(parse((await run(["librechat"])).out)).toMatchObject({ mcpServers: { weaviate: { type: "stdio" } } });
});

test("collections prints what can be searched", async () => {
  expect((await run(["collections"])).out).toBe(
    "Document (by words, and by meaning with --embed): title, source, content, year\nOther (by words, and by meaning with --embed): ",
  );
  const wrong = await run(["collections"], environment({ WEAVIATE_API_KEY: "another-key-entirely" }));
  expect(wrong).toMatchObject({ out: "", error: expect.stringMatching(/invalid api key.*Set WEAVIATE_API_KEY/) });
  const open = await run(["collections"], environment({ WEAVIATE_URL: "http://example.com" }));
  expect(open.error).toMatch(/^The base URL of list_collections is http on another host.*Use https/);
});

test.for([
  [["--api-key", canary], /never an argument/],
  [[canary], /no such command/],
  [["collectoins"], /Did you mean collections\?/],
  [["--port", canary], /takes a number/],
  [["--embed", canary], /--embed takes a provider and a model/],
  [["--embed", "../evil:x"], /--embed takes a provider and a model/],
  [["--embed", "nothing-here:x"], /@llm-provider\/nothing-here is not installed/],
  [["--embed", "core:x"], /exports no provider named core/],
  [["--http", "--host", "0.0.0.0"], /Give it a secret/],
] as const)("the wrong arguments %j are reported without repeating them", async ([args, sentence]) => {
  const { out, error } = await run(args);
  expect(out).toBe("");
  expect(error).toMatch(sentence);
  expect(error).not.toContain(canary.slice(0, 14));
});
