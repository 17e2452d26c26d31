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
/** LibreChat's name for a tool of a server. */
const name = "search_documents_mcp_weaviate";
const query = "boiling water for black leaves";

/**
 * Uses our Weaviate search as LibreChat's agents do: starts the server from the block, offers its tool to the engine under
 * LibreChat's name, and lets a model of each provider call it and answer from the result.
 */
export async function tryTool(definitions: readonly Definition[], prepare: Prepare): Promise<string[]> {
  const key = "test-weaviate-key";
  const store = await startWeaviateTwin({ apiKey: key, collections: { Document: sampleDocuments } });
  const client = new Client({ name: "librechat", version: "1" });
  try {
    const env = environmentOf({ WEAVIATE_API_KEY: key, WEAVIATE_URL: store.url });
    const command = { command: process.execPath, args: ["--conditions=source", cli] };
    await client.connect(new StdioClientTransport({ ...command, env, stderr: "inherit" }));
    const lines: string[] = [];
    for (const definition of definitions) {
      const texts = await askOnce(definition, client, prepare);
      assert.equal(texts.length, 1, `${definition.name}: the tool is called once`);
      assert.match(texts[0]!, /^\[1\] Brewing black tea\nsource: teas\/black\.md/m, "the right passage comes first");
      lines.push(`${definition.name} calls ${name} over stdio and answers from the passage`);
    }
    const sent = new Set(store.requests.map(({ method, path }) => `${method} ${path}`));
    assert.deepEqual([...sent], ["GET /v1/schema", "POST /v1/search/Document/bm25"]);
    return lines;
  } finally {
    await client.close();
    await store.close();
  }
}

/** Like LibreChat: fills in the variables that are set, and passes the others on as written. */
function environmentOf(known: { readonly [name: string]: string }): Record<string, string> {
  const server = toMcpServers().mcpServers["weaviate"]!;
  assert.ok(server.type === "stdio" && server.env);
  const filled = Object.entries(server.env).map(([variable, text]) => [
    variable,
    text.replace(/\$\{(\w+)\}/, (whole, one: string) => known[one] ?? whole),
  ]);
  assert.ok(filled.flat().includes("${WEAVIATE_COLLECTION}"), "an unset variable is passed on as written");
  return { PATH: process.env["PATH"] ?? "", ...(Object.fromEntries(filled) as Record<string, string>) };
}

/** Runs one turn and returns the tool's answers. */
async function askOnce(definition: Definition, client: Client, prepare: Prepare): Promise<string[]> {
  const call = { id: "call00001", name, arguments: JSON.stringify({ query }) };
  const twin = await startTwin(definition, {
    apiKey: "test-key",
    scenarios: [{ when: ({ messages }) => messages.at(-1)?.role === "user", answer: { toolCalls: [call], text: "" } }],
  });
  try {
    const texts: string[] = [];
    const { tools } = await client.listTools();
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
    const turn = await runTurn({
      endpoint: {
        ...toEndpoint(definition, { target: "0.8.8", keys: "env" }),
        baseURL: twin.faces[0]?.url ?? twin.url,
      },
      parameters: { model: definition.smallModel },
      prompt: "How hot should the water for black tea be?",
      prepare,
      tools: offered,
    });
    assert.match(turn.text, /Brewing black tea/, `${definition.name}: the answer speaks of the passage`);
    return texts;
  } finally {
    await twin.close();
  }
}
