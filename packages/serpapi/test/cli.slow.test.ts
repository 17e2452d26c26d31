import { spawn } from "node:child_process";
import { get } from "node:http";
import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { parse } from "yaml";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startSerpapiTwin, type SerpapiTwin } from "@llm-provider/serpapi/twin";
import { callTool, cancelCall } from "../../mcp/test/served-command.ts";
import { useCommand } from "../../mcp/test/use-command.ts";
import { runCommand } from "../src/cli/run-command.ts";

const canary = "c4a7e91b30d258f6c4a7e91b30d258f6c4a7e91b30d258f6c4a7e91b30d258f6";
let twin: SerpapiTwin;

const { program, token, run, serve, expectStdio, expectHttp } = useCommand(
  new URL("../src/cli.ts", import.meta.url),
  runCommand,
  environment,
);

beforeAll(async () => {
  twin = await startSerpapiTwin({
    apiKey: canary,
    limitPerHour: 1000,
    searchesLeft: 1000,
    answer: ({ parameters }) =>
      parameters["q"] === "hang"
        ? "hang"
        : parameters["q"] === "down"
          ? { status: 503, body: { error: `Blocked for ${canary}.` } }
          : undefined,
  });
});
afterAll(() => twin.close());

function environment(more: Record<string, string> = {}): Record<string, string> {
  return { PATH: process.env["PATH"] ?? "", SERPAPI_API_KEY: canary, SERPAPI_BASE_URL: twin.url, ...more };
}

async function expectSearch(client: Client): Promise<void> {
  const call = (input: Record<string, unknown>) => callTool(client, "web_search", input);
  const { tools } = await client.listTools();
  expect(tools).toMatchObject([{ name: "web_search", inputSchema: { type: "object", required: ["query"] } }]);
  expect((await call({ query: "tea" })).text).toContain("1. **tea: page 1**");
  expect(await call({ query: "" })).toMatchObject({
    isError: true,
    text: expect.stringContaining("does not fit: query"),
  });
  expect(await call({ query: "down" })).toMatchObject({
    isError: true,
    text: "Blocked for [redacted]. SerpApi could not complete this search: try again, or use another engine.",
  });
  const many = await Promise.all(Array.from({ length: 50 }, (_, n) => call({ query: `tea ${n}`, engine: "bing" })));
  for (const [n, { text }] of many.entries()) expect(text).toContain(`1. **tea ${n}: page 1**`);

  await expect(cancelCall(client, "web_search", { query: "hang" })).rejects.toThrow();
  expect((await call({ query: "after" })).isError).toBeUndefined();
}

test("without arguments, the command runs an MCP server over stdio", () =>
  expectStdio("@llm-provider/serpapi", expectSearch));

test("with --http, it runs an MCP server over HTTP, with the token from a file", () => expectHttp(expectSearch));

test("--allow-host can be given more than once", async () => {
  const { url, stop } = await serve(["searxng", "--port", "0", "--allow-host", "one.lan", "--allow-host", "two.lan"]);
  const status = (host: string) =>
    new Promise((resolve) =>
      get(`${url}?q=tea`, { headers: { host } }, (response) => resolve(response.resume().statusCode)),
    );
  expect([await status("one.lan"), await status("two.lan"), await status("three.lan")]).toEqual([200, 200, 403]);
  expect(await stop("SIGINT")).toBe(0);
});

test("searxng serves LibreChat's web search, and logs why a search failed", async () => {
  const env = environment({ SEARXNG_API_KEY: token });
  const { url, err } = await serve(["searxng", "--port", "0", "--engine", "bing"], env);
  expect((await fetch(`${url}?q=tea`)).status).toBe(401);
  const response = await fetch(`${url}?q=tea`, { headers: { "x-api-key": token } });
  expect(await response.json()).toMatchObject({ results: Array.from({ length: 10 }, () => ({ engine: "bing" })) });
  expect((await fetch(`${url}?q=`, { headers: { "x-api-key": token } })).status).toBe(400);
  await expect.poll(err).toContain("The input of web_search does not fit: query");
  expect(err()).not.toContain(token);
});

test("librechat prints blocks with a type and without a key", async () => {
  const variables = environment({ SERPAPI_MCP_TOKEN: token, SEARXNG_API_KEY: token });
  const { out } = await run(["librechat", "--url", "http://127.0.0.1:3333/mcp"], variables);
  expect(out).not.toContain(token);
  expect(parse(out)).toMatchObject({
    mcpServers: { serpapi: { type: "streamable-http", headers: { Authorization: "Bearer ${SERPAPI_MCP_TOKEN}" } } },
    webSearch: { searchProvider: "searxng", searxngInstanceUrl: "${SEARXNG_INSTANCE_URL}" },
  });
  expect(parse((await run(["librechat"])).out)).toMatchObject({ mcpServers: { serpapi: { type: "stdio" } } });
});

test("account prints the remaining searches, but not the account's owner", async () => {
  const { out } = await run(["account"]);
  expect(out).toMatch(/^Plan: Free Plan\nSearches left: \d+\n/);
  expect(out).not.toMatch(/demo@example|5ac54d6/);
  const wrong = await run(["account"], environment({ SERPAPI_API_KEY: "another-key-entirely" }));
  expect(wrong).toMatchObject({ out: "", error: expect.stringMatching(/^Invalid API key\..*Set SERPAPI_API_KEY/) });
  const none = await run(["account"], environment({ SERPAPI_API_KEY: "" }));
  expect(none.error).toMatch(/needs a key.*SERPAPI_API_KEY/);
  const open = await run(["account"], environment({ SERPAPI_BASE_URL: "http://example.com" }));
  expect(open.error).toMatch(/^The base URL of serpapi_account is http on another host.*Use https/);
});

test.for([
  [["--api-key", canary], /never an argument/],
  [[`--token=${canary}`], /never an argument/],
  [[canary], /no such command/],
  [["searxng", canary], /no such command/],
  [[`--${canary}`], /option is unknown/],
  [["--port", canary], /takes a number/],
  [["--port"], /^An option is unknown, or its value is missing; see --help\.$/],
  [["--prot", canary], /did you mean --port\?$/],
  [["searxgn", "--engine", canary], /^There is no such command\. Did you mean searxng\?$/],
  [
    ["--port", "0", "searxng"],
    /^The command comes first, its options follow: llm-serpapi searxng --help lists them\.$/,
  ],
  [["account", "--engine", canary], /option is unknown/],
  [["twin", "--port", "65536"], /^--port takes a number from 0 to 65535\.$/],
  [["searxng", "--engine", canary], /no such engine/],
  [["--http", "--host", "0.0.0.0"], /Give it a secret/],
  [["--http", "--token-file", "/nowhere"], /cannot be read/],
  [["searxng", "--host", "0.0.0.0"], /Give it a secret/],
] as const)("the wrong arguments %j are reported without repeating them", async ([args, sentence]) => {
  const { out, error } = await run(args);
  expect(out).toBe("");
  expect(error).toMatch(sentence);
  expect(error).not.toContain(canary.slice(0, 12));
});

test("a wrong argument ends the program with code 1 and a sentence, not a stack", async () => {
  const child = spawn(process.execPath, [...program, "--api-key", canary], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  expect(await new Promise((resolve) => child.once("close", resolve))).toBe(1);
  expect(output).toMatch(/^A key is never an argument: .*\n$/);
});

test("--help lists the commands, options and variables", async () => {
  const { out } = await run(["--help"]);
  for (const word of ["--http", "searxng", "librechat", "account", "twin", "SERPAPI_API_KEY"])
    expect(out).toContain(word);
  expect((await run(["searxng", "--help"])).out).toContain("--key-file <path>");
});
