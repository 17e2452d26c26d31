import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { afterEach, expect, test } from "vitest";
import { serveTools, type HttpOptions, type ToolServer } from "@llm-provider/mcp";
import { send as sendRaw } from "../../server/test/send.ts";
import { expectServed } from "./expect-served.ts";
import { tools, waiting } from "./tools.ts";

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

const accept = { "content-type": "application/json", accept: "application/json, text/event-stream" };

function send(
  url: string,
  { method = "POST", headers = {}, body = "" }: { method?: string; headers?: Record<string, string>; body?: string },
): ReturnType<typeof sendRaw> {
  return sendRaw(url, { ...accept, ...headers }, { method, body });
}

const initialize = JSON.stringify({
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "raw", version: "1" } },
});

const listTools = JSON.stringify({ jsonrpc: "2.0", id: 2, method: "tools/list", params: {} });

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

test("requests without the right token are refused, and no answer contains the token", async () => {
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

test("any address but loopback needs a token", async () => {
  await expect(serveTools(tools, { http: { host: "0.0.0.0" } })).rejects.toThrow(/Give it a secret/);
  const { url } = await start({ host: "0.0.0.0", token: canary });
  const reached = url.replace("0.0.0.0", "127.0.0.1");
  const client = await connect(reached, { authorization: `Bearer ${canary}` });
  expect((await client.listTools()).tools).toHaveLength(4);
});

test("a body over the limit is refused, whether it states its length or not", async () => {
  const { url } = await start({ maxBody: 1000 });
  const long = JSON.stringify({ ...JSON.parse(initialize), padding: "x".repeat(2000) });
  expect((await send(url, { body: long, headers: { "content-length": String(long.length) } })).status).toBe(413);
  expect((await send(url, { body: long, headers: { "transfer-encoding": "chunked" } })).status).toBe(413);
  expect((await send(url, { body: "{" })).status).toBe(400);
});

// design.md "Security" limits sessions, and issue 20 asks that nobody is locked out, so a new client replaces the oldest idle one. This
// replaces an earlier time limit for idle sessions.
test("at the limit, a new client replaces the one that has been idle for the longest time", async () => {
  const { url } = await start({ maxSessions: 3 });
  const open = async () => String((await send(url, { body: initialize })).headers["mcp-session-id"]);
  const status = async (id: string) => (await send(url, { body: listTools, headers: { "mcp-session-id": id } })).status;
  const [first, second, third] = [await open(), await open(), await open()];
  // Using the first makes the second the oldest.
  expect(await status(first)).toBe(200);
  const fourth = await open();
  expect(await status(second)).toBe(404);
  for (const id of [first, third, fourth]) expect(await status(id)).toBe(200);

  expect((await send(url, { body: initialize, headers: { accept: "text/html" } })).status).toBe(406);
  expect((await send(url, { method: "DELETE", headers: { "mcp-session-id": fourth } })).status).toBe(200);
  expect((await send(url, { method: "DELETE", headers: { "mcp-session-id": fourth } })).status).toBe(404);
});

test("a flood of sessions without end locks nobody out, and a running call keeps its session", async () => {
  const { url } = await start({ maxSessions: 2 });
  const [one, two] = [await connect(url), await connect(url)];
  const cancel = new AbortController();
  const calls = [one, two].map((client, index) =>
    client
      .callTool({ name: "wait", arguments: { name: `flood ${index}` } }, undefined, client === two ? cancel : {})
      .catch((error: Error) => error.message),
  );
  await expect.poll(() => waiting).toEqual(expect.arrayContaining(["flood 0", "flood 1"]));
  expect(await send(url, { body: initialize })).toMatchObject({
    status: 503,
    headers: { "retry-after": "60" },
    text: '{"error":"Too many clients are connected."}',
  });

  cancel.abort();
  await calls[1];
  await expect.poll(async () => (await send(url, { body: initialize })).status).toBe(200);
  for (let count = 0; count < 20; count++) expect((await send(url, { body: initialize })).status).toBe(200);
  expect((await one.listTools()).tools).toHaveLength(4);
  await one.close();
  await Promise.all(calls);
});

test("requests outside the protocol are refused with the fitting status", async () => {
  const { url } = await start();
  expect((await send(url.replace("/mcp", "/other"), { body: initialize })).status).toBe(404);
  expect(await send(url, { method: "GET" })).toMatchObject({ status: 405, headers: { allow: "POST, DELETE" } });
  expect((await send(url, { body: listTools })).status).toBe(400);
  expect((await send(url, { body: listTools, headers: { "mcp-session-id": "guessed" } })).status).toBe(404);
});

test("a connection whose call was cancelled does not stay open", async () => {
  const { url } = await start({ timeout: 400 });
  const opened = await send(url, { body: initialize });
  const headers = { "mcp-session-id": String(opened.headers["mcp-session-id"]) };
  const call = { jsonrpc: "2.0", id: 7, method: "tools/call", params: { name: "wait", arguments: { name: "gone" } } };
  const cancel = { jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 7 } };
  const call7 = send(url, { body: JSON.stringify(call), headers });
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect((await send(url, { body: JSON.stringify(cancel), headers })).status).toBe(202);
  expect((await call7).text).toBe("");
});

test("a port that is taken is reported", async () => {
  const { url } = await start();
  await expect(serveTools(tools, { http: { port: Number(new URL(url).port) } })).rejects.toThrow(/is taken/);
});

test("two tools with the same name are refused", async () => {
  await expect(serveTools([...tools, ...tools])).rejects.toThrow("Two tools are named echo");
});
