import { diagnose } from "@llm-provider/librechat";
import { toMcpServers } from "@llm-provider/weaviate/librechat";
import { expect, test } from "vitest";
import { stringify } from "yaml";
import manifest from "../package.json" with { type: "json" };

test("without a URL, LibreChat starts the installed version itself, with names of variables and no values", () => {
  expect(toMcpServers()).toEqual({
    mcpServers: {
      weaviate: {
        type: "stdio",
        command: "npx",
        args: ["-y", `@llm-provider/weaviate@${manifest.version}`],
        env: {
          WEAVIATE_API_KEY: "${WEAVIATE_API_KEY}",
          WEAVIATE_URL: "${WEAVIATE_URL}",
          WEAVIATE_COLLECTION: "${WEAVIATE_COLLECTION}",
        },
        initTimeout: 60_000,
        timeout: 60_000,
        serverInstructions: true,
      },
    },
  });
});

test.for([
  ["http://host.docker.internal:3335/mcp", ["host.docker.internal:3335"]],
  ["http://weaviate-tool:3335/mcp", ["weaviate-tool:3335"]],
  ["https://search.example.com/mcp", undefined],
] as const)("LibreChat connects to %s", ([url, allowedAddresses]) => {
  expect(toMcpServers({ url, name: "docs" })).toEqual({
    mcpServers: {
      docs: {
        type: "streamable-http",
        url,
        headers: { Authorization: "Bearer ${WEAVIATE_MCP_TOKEN}" },
        requiresOAuth: false,
        timeout: 60_000,
        serverInstructions: true,
      },
    },
    ...(allowedAddresses && { mcpSettings: { allowedAddresses } }),
  });
  expect(JSON.stringify(toMcpServers({ url, needsToken: false }))).not.toContain("headers");
});

test.each([
  ["over stdio", {}],
  ["over HTTP in a network of containers", { url: "http://weaviate-tool:3335/mcp" }],
])("the doctor finds no problem in the block %s", (_, options) => {
  const text = stringify({ version: "1.3.17", cache: true, ...toMcpServers(options) });
  const environment = {
    WEAVIATE_MCP_TOKEN: "x",
    WEAVIATE_API_KEY: "x",
    WEAVIATE_URL: "http://x",
    WEAVIATE_COLLECTION: "X",
  };
  expect(diagnose(text, { environment, target: "0.8.8" })).toEqual([]);
});
