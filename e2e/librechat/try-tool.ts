import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { tool } from "@librechat/agents/langchain/tools";
import { Client } from "../../packages/weaviate/node_modules/@modelcontextprotocol/sdk/dist/esm/client/index.js";
import { StdioClientTransport } from "../../packages/weaviate/node_modules/@modelcontextprotocol/sdk/dist/esm/client/stdio.js";
import type { Definition } from "../../packages/core/src/index.ts";
import { toEndpoint } from "../../packages/librechat/src/index.ts";
import { startTwin } from "../../packages/testing/src/index.ts";
import { toMcpServers } from "../../packages/weaviate/src/librechat.ts";
import { startWeaviateTwin } from "../../packages/weaviate/src/twin.ts";
import { sampleDocuments } from "../../packages/weaviate/src/twin/sample-documents.ts";
import { runTurn, type Prepare } from "./engine.ts";

const cli = fileURLToPath(new URL("../../packages/weaviate/src/cli.ts", import.meta.url));
const query = "boiling water for black leaves";

/**
 * Our search in Weaviate as an agent of LibreChat uses it: the server is started as the block says, its tool is offered to the
 * engine under LibreChat's name, a model calls it, and answers with what came back.
 */
export async function tryTool(definition: Definition, prepare: Prepare): Promise<string> {
  const environment: { readonly [name: string]: string } = { WEAVIATE_API_KEY: "test-weaviate-key" };
  const store = await startWeaviateTwin({
    apiKey: environment["WEAVIATE_API_KEY"],
    collections: { Document: sampleDocuments },
  });
  const name = "search_documents_mcp_weaviate";
  const twin = await startTwin(definition, {
    apiKey: "test-key",
    scenarios: [
      {
        when: ({ messages }) => messages.at(-1)?.role === "user",
        answer: { toolCalls: [{ id: "call00001", name, arguments: JSON.stringify({ query }) }], text: "" },
      },
    ],
  });
  const client = new Client({ name: "librechat", version: "1" });
  try {
    const server = toMcpServers().mcpServers["weaviate"]!;
    assert.equal(server.type, "stdio");
    // LibreChat fills in what its environment has, and hands on the rest as it is written.
    const filled = Object.entries("env" in server ? (server.env ?? {}) : {}).map(([variable, text]) => [
      variable,
      variable === "WEAVIATE_URL"
        ? store.url
        : text.replace(/\$\{(\w+)\}/, (whole, one: string) => environment[one] ?? whole),
    ]);
    const env = { PATH: process.env["PATH"] ?? "", ...(Object.fromEntries(filled) as Record<string, string>) };
    await client.connect(
      new StdioClientTransport({
        command: process.execPath,
        args: ["--conditions=source", cli],
        env,
        stderr: "inherit",
      }),
    );
    const { tools } = await client.listTools();
    const texts: string[] = [];
    const offered = tools.map(({ name: own, description, inputSchema }) =>
      tool(
        async (input: unknown) => {
          const result = await client.callTool({ name: own, arguments: input as Record<string, unknown> });
          const text = (result.content as { text?: string }[]).map((part) => part.text ?? "").join("\n");
          texts.push(text);
          return text;
        },
        { name: `${own}_mcp_weaviate`, description: description ?? "", schema: inputSchema as never },
      ),
    );
    const endpoint = {
      ...toEndpoint(definition, { target: "0.8.8", keys: "env" }),
      baseURL: twin.faces[0]?.url ?? twin.url,
    };
    const turn = await runTurn({
      endpoint,
      parameters: { model: definition.smallModel },
      prompt: "How hot should the water for black tea be?",
      prepare,
      tools: offered,
    });
    assert.equal(texts.length, 1, "the tool is called once");
    assert.match(texts[0]!, /^\[1\] Brewing black tea\nsource: teas\/black\.md/m, "the right passage comes first");
    assert.match(turn.text, /Brewing black tea/, "the answer speaks of the passage");
    assert.deepEqual(
      store.requests.map(({ method, path }) => `${method} ${path}`),
      ["GET /v1/schema", "POST /v1/search/Document/bm25"],
    );
    return `${definition.name} calls ${name} over stdio and answers from the passage`;
  } finally {
    await client.close();
    await Promise.all([twin.close(), store.close()]);
  }
}
