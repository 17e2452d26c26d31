import { request } from "node:http";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { afterEach, expect, test } from "vitest";
import { serveTools, type HttpOptions, type ToolServer } from "@llm-provider/mcp";
import { expectServed } from "./expect-served.ts";
import { tools } from "./tools.ts";

const canary = "canary-token-8f1d20c4b7a95e63";
const ended: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0).toReversed()) await end();
});

async function start(http: HttpOptions = {}): Promise<ToolServer & { url: string }> {
  const server = await serveTools(tools, { name: "test-server", version: "1.2.3", instructions: "Be kind.", http });
  ended.push(() => server.close());
  return server as ToolServer & { url: string };
}

async function connect(url: string, headers: Record<string, string> = {}): Promise<Client> {
  const client = new Client({ name: "test", version: "1" });
  ended.push(() => client.close());
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }));
  return client;
}

/** node:http, because fetch writes Host itself. */
function send(
  url: string,
  { method = "POST", headers = {}, body = "" }: { method?: string; headers?: Record<string, string>; body?: string },
): Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; text: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      {
        method,
        headers: { "content-type": "application/json", accept: "application/json, text/event-stream", ...headers },
      },
      (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (piece: string) => (text += piece));
        response.on("error", () => undefined);
        response.on("close", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
      },
    );
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

const initialize = JSON.stringify({
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "raw", version: "1" } },
});

test("the official client lists and calls tools over HTTP, with a token", async () => {
  const { url } = await start({ token: canary });
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/mcp$/);
  await expectServed(await connect(url, { authorization: `Bearer ${canary}` }));
});

test("two clients do not see each other's calls", async () => {
  const { url } = await start();
  const [one, two] = await Promise.all([connect(url), connect(url)]);
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      (index % 2 ? one : two).callTool({ name: "echo", arguments: { text: String(index) } }),
    ),
  );
  expect(answers.map(({ content }) => (content as { text: string }[])[0]?.text)).toEqual(
    Array.from({ length: 20 }, (_, index) => String(index)),
  );
});

test("without the token nothing is served, and the token is in no answer", async () => {
  const { url } = await start({ token: canary });
  for (const authorization of ["", "Bearer ", "Bearer wrong", `Basic ${canary}`, canary, `Bearer ${canary}x`]) {
    const { status, headers, text } = await send(url, { body: initialize, headers: { authorization } });
    expect(status, authorization).toBe(401);
    expect(headers["www-authenticate"]).toBe("Bearer");
    expect(text).not.toContain(canary);
  }
  await expect(connect(url)).rejects.toThrow();
});

test("web pages and foreign names are refused", async () => {
  const { url } = await start({ allowedHosts: ["host.docker.internal"] });
  const { port, host } = new URL(url);
  const status = async (headers: Record<string, string>) => (await send(url, { body: initialize, headers })).status;
  expect(await status({ host: `evil.example:${port}` })).toBe(403);
  expect(await status({ host: "[" })).toBe(400);
  expect(await status({ origin: "https://evil.example" })).toBe(403);
  expect(await status({ origin: "http://localhost:3080" })).toBe(403);
  expect(await status({ origin: "null" })).toBe(403);
  expect(await status({ origin: `http://${host}` })).toBe(200);
  expect(await status({ host: `localhost:${port}` })).toBe(200);
  expect(await status({ host: `host.docker.internal:${port}` })).toBe(200);
});

test("other binds need a token", async () => {
  await expect(serveTools(tools, { http: { host: "0.0.0.0" } })).rejects.toThrow(/Give it a secret/);
  const { url } = await start({ host: "0.0.0.0", token: canary });
  const reached = url.replace("0.0.0.0", "127.0.0.1");
  const client = await connect(reached, { authorization: `Bearer ${canary}` });
  expect((await client.listTools()).tools).toHaveLength(4);
});

test("bodies are bounded, also those that do not say their length", async () => {
  const { url } = await start({ maxBody: 1000 });
  const long = JSON.stringify({ ...JSON.parse(initialize), padding: "x".repeat(2000) });
  expect((await send(url, { body: long, headers: { "content-length": String(long.length) } })).status).toBe(413);
  expect((await send(url, { body: long, headers: { "transfer-encoding": "chunked" } })).status).toBe(413);
  expect((await send(url, { body: "{" })).status).toBe(400);
});

test("clients are bounded; a silent one loses its place, an ended one gives it back", async () => {
  const { url } = await start({ maxSessions: 2, sessionIdle: 200 });
  const first = await send(url, { body: initialize });
  const id = String(first.headers["mcp-session-id"]);
  expect(first.status).toBe(200);
  expect((await send(url, { body: initialize, headers: { accept: "text/html" } })).status).toBe(406);
  expect((await send(url, { body: initialize })).status).toBe(200);
  expect(await send(url, { body: initialize })).toMatchObject({ status: 503, headers: { "retry-after": "60" } });

  expect((await send(url, { method: "DELETE", headers: { "mcp-session-id": id } })).status).toBe(200);
  expect((await send(url, { method: "DELETE", headers: { "mcp-session-id": id } })).status).toBe(404);
  expect((await send(url, { body: initialize })).status).toBe(200);

  await new Promise((resolve) => setTimeout(resolve, 300));
  expect((await send(url, { body: initialize })).status).toBe(200);
});

test("what is no MCP request gets a sentence", async () => {
  const { url } = await start();
  expect((await send(url.replace("/mcp", "/other"), { body: initialize })).status).toBe(404);
  expect(await send(url, { method: "GET" })).toMatchObject({ status: 405, headers: { allow: "POST, DELETE" } });
  const call = JSON.stringify({ jsonrpc: "2.0", id: 2, method: "tools/list", params: {} });
  expect((await send(url, { body: call })).status).toBe(400);
  expect((await send(url, { body: call, headers: { "mcp-session-id": "guessed" } })).status).toBe(404);
});

test("a connection whose call was cancelled does not stay open", async () => {
  const { url } = await start({ timeout: 400 });
  const opened = await send(url, { body: initialize });
  const headers = { "mcp-session-id": String(opened.headers["mcp-session-id"]) };
  const call = { jsonrpc: "2.0", id: 7, method: "tools/call", params: { name: "wait", arguments: { name: "gone" } } };
  const cancel = { jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 7 } };
  const waiting = send(url, { body: JSON.stringify(call), headers });
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect((await send(url, { body: JSON.stringify(cancel), headers })).status).toBe(202);
  expect((await waiting).text).toBe("");
});

test("a port that is taken is said so", async () => {
  const { url } = await start();
  await expect(serveTools(tools, { http: { port: Number(new URL(url).port) } })).rejects.toThrow(/is taken/);
});

test("two tools of one name are refused", async () => {
  await expect(serveTools([...tools, ...tools])).rejects.toThrow("Two tools are named echo");
});
