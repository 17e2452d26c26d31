import { toMcpServers, toWebSearch } from "@llm-provider/serpapi/librechat";
import { expect, test } from "vitest";
import manifest from "../package.json" with { type: "json" };

const { version } = manifest;

test("without a URL, LibreChat starts the server itself", () => {
  expect(toMcpServers()).toEqual({
    mcpServers: {
      serpapi: {
        type: "stdio",
        command: "npx",
        // Issue 20: the installed version, not the newest one.
        args: ["-y", `@llm-provider/serpapi@${version}`],
        env: { SERPAPI_API_KEY: "${SERPAPI_API_KEY}" },
        initTimeout: 60_000,
        timeout: 60_000,
        serverInstructions: true,
      },
    },
  });
});

test.for([
  ["http://127.0.0.1:3333/mcp", ["127.0.0.1:3333"]],
  ["http://host.docker.internal:3333/mcp", ["host.docker.internal:3333"]],
  ["http://192.168.1.4/mcp", ["192.168.1.4:80"]],
  ["http://serpapi:3333/mcp", ["serpapi:3333"]],
  ["https://search.example.com/mcp", undefined],
])("LibreChat connects to %s", ([url, allowedAddresses]) => {
  expect(toMcpServers({ url: url as string, name: "web" })).toEqual({
    mcpServers: {
      web: {
        type: "streamable-http",
        url,
        headers: { Authorization: "Bearer ${SERPAPI_MCP_TOKEN}" },
        // Issue 17, item 1: without it, a running LibreChat mistook our 401 for OAuth and listed no tools.
        requiresOAuth: false,
        timeout: 60_000,
        serverInstructions: true,
      },
    },
    ...(allowedAddresses && { mcpSettings: { allowedAddresses } }),
  });
});

test("no token is sent to a server that needs none", () => {
  expect(JSON.stringify(toMcpServers({ url: "http://127.0.0.1:3333/mcp", needsToken: false }))).not.toContain(
    "headers",
  );
});

test("the block for LibreChat's own web search contains names of variables, not values", () => {
  expect(toWebSearch()).toEqual({
    webSearch: {
      searchProvider: "searxng",
      searxngInstanceUrl: "${SEARXNG_INSTANCE_URL}",
      searxngApiKey: "${SEARXNG_API_KEY}",
      allowedAddresses: ["127.0.0.1:8888"],
      searxngSearchOptions: { timeout: 15_000 },
    },
  });
});
