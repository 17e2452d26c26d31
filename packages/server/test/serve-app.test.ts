import type { OutgoingHttpHeaders } from "node:http";
import { connect } from "node:net";
import { Hono } from "hono";
import { afterEach, expect, test } from "vitest";
import { guard, serveApp, type GuardEnv, type RunningServer, type ServerOptions } from "@llm-provider/server";
import { send } from "./send.ts";

const canary = "canary-token-8f1d20c4b7a95e63";
const open: RunningServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function start(
  options: ServerOptions = {},
): Promise<{ url: string; host: string; port: string; seen: string[] }> {
  const seen: string[] = [];
  const app = new Hono<GuardEnv>()
    .get("/", (context) => context.json({ client: context.get("client") ?? null }))
    .get("/health", (context) => context.text("ok"))
    .post("/echo", async (context) => context.text(await context.req.text()))
    .delete("/echo", async (context) => context.text(await context.req.text()))
    .get("/fail", () => {
      throw new Error(`broken by ${canary}`);
    })
    .get("/fail-oddly", () => {
      // oxlint-disable-next-line no-throw-literal, only-throw-error -- Hono rethrows values that are not Errors
      throw canary;
    })
    .get("/hang", (context) => {
      context.req.raw.signal.addEventListener("abort", () => seen.push("aborted"));
      return new Promise<Response>(() => seen.push("hanging"));
    });
  const server = await serveApp(app, options);
  open.push(server);
  const { host, port } = new URL(server.url);
  return { url: server.url, host, port, seen };
}

/** The sentence of a refusal. */
async function refusal(url: string, headers: OutgoingHttpHeaders): Promise<{ status: number; error: string }> {
  const { status, text } = await send(url, headers);
  return { status, error: (JSON.parse(text) as { error: string }).error };
}

test("with tokenIsEnough, a request with the token may use any host name; without a token the name is checked again", async () => {
  let token: string | undefined = canary;
  const { url } = await start({ token: () => token, tokenIsEnough: true, publicPaths: ["/health"] });
  const authorization = `Bearer ${canary}`;
  expect((await send(url, { host: "proxy:1", origin: "https://app.example", authorization })).status).toBe(200);
  expect((await send(url, { host: "proxy:1" })).status).toBe(401);
  token = undefined;
  expect((await send(url, { host: "proxy:1", authorization })).status).toBe(403);
  expect((await send(url)).status).toBe(200);
});

test("refusals have the body that toErrorBody makes", async () => {
  const { url } = await start({ toErrorBody: (message, status) => ({ problem: { message, status } }) });
  const refused = await send(url, { host: "evil.example" });
  expect(JSON.parse(refused.text)).toEqual({
    problem: { message: expect.stringContaining("evil.example"), status: 403 },
  });
  expect(JSON.parse((await send(`${url}/nowhere/at/all`)).text)).toMatchObject({ problem: { status: 404 } });
});

test("a name that was rebound to this machine is refused, and every name of loopback is served", async () => {
  const { url, port } = await start({ allowedHosts: ["Host.Docker.Internal"] });
  expect(await refusal(url, { host: `evil.example:${port}` })).toEqual({
    status: 403,
    error: "This server does not answer to the name evil.example. Start it with --allow-host evil.example.",
  });
  for (const host of [`127.0.0.1.evil.example:${port}`, "0.0.0.0", "localhost.evil.example", "[2001:db8::1]"])
    expect((await refusal(url, { host })).status, host).toBe(403);
  for (const host of ["[", "[::ffff:127.0.0.1]", "a b", "a/b", "a@127.0.0.1", "127.0.0.1:port"])
    expect(await refusal(url, { host }), host).toEqual({
      status: 400,
      error: expect.stringMatching(/^The Host header .*invalid\.$/),
    });
  for (const host of ["localhost", `localhost:${port}`, "127.0.0.1", "127.8.8.8", "[::1]", "host.docker.internal:1"])
    expect((await send(url, { host })).status, host).toBe(200);
});

test("web pages of other origins are refused, with or without an Origin header", async () => {
  const { url, host, port } = await start({ allowedHosts: ["gateway.example"] });
  const refused = { status: 403, error: "Web pages may not use this server." };
  for (const origin of [
    "https://evil.example",
    "http://localhost:3080",
    "null",
    `https://${host}`,
    `http://${host}.evil.example`,
  ])
    expect(await refusal(url, { origin }), origin).toEqual(refused);
  // A plain link or an image sends no Origin.
  for (const site of ["cross-site", "same-site"])
    expect(await refusal(url, { "sec-fetch-site": site, "sec-fetch-mode": "no-cors" }), site).toEqual(refused);
  for (const site of ["none", "same-origin"])
    expect((await send(url, { "sec-fetch-site": site })).status, site).toBe(200);
  expect((await send(url, { origin: `http://${host}` })).status).toBe(200);
  expect((await send(url, { host: `gateway.example:${port}`, origin: `https://gateway.example:${port}` })).status).toBe(
    200,
  );
  expect((await send(url, { origin: "https://evil.example" }, { method: "OPTIONS" })).status).toBe(403);
});

test("requests without the right token are refused, and no answer repeats the token", async () => {
  const { url } = await start({ token: canary, publicPaths: ["/health"] });
  for (const authorization of [
    "",
    "Bearer ",
    "Bearer wrong",
    `Basic ${canary}`,
    canary,
    `Bearer ${canary}x`,
    `Bearer ${canary.slice(1)}`,
  ]) {
    const { status, headers, text } = await send(url, { authorization });
    expect(status, authorization).toBe(401);
    expect(headers["www-authenticate"]).toBe("Bearer");
    expect(text).toBe('{"error":"The bearer token is missing or wrong."}');
  }
  expect((await send(`${url}/nowhere`)).status).toBe(401);
  expect((await send(url, { authorization: `bearer ${canary}` })).status).toBe(200);
  expect((await send(`${url}/health`)).text).toBe("ok");
  expect((await send(`${url}/health`, { host: "evil.example" })).status).toBe(403);
});

test("the token can be sent as X-API-Key, and clients can have names", async () => {
  const one = await start({ token: canary, tokenHeader: "x-api-key" });
  expect(await refusal(one.url, { authorization: `Bearer ${canary}` })).toEqual({
    status: 401,
    error: "The header X-API-Key is missing or wrong.",
  });
  expect((await send(one.url, { "x-api-key": canary })).text).toBe('{"client":null}');

  const many = await start({ token: { librechat: canary, cli: "another-secret-entirely" }, publicPaths: ["/"] });
  const client = async (headers: OutgoingHttpHeaders) => (await send(many.url, headers)).text;
  expect(await client({ authorization: `Bearer ${canary}` })).toBe('{"client":"librechat"}');
  expect(await client({ authorization: "Bearer another-secret-entirely" })).toBe('{"client":"cli"}');
  expect(await client({})).toBe('{"client":null}');
  const none = await start({ token: {} });
  expect((await send(none.url)).status).toBe(401);
});

test.for([
  [{ host: "0.0.0.0" }, /^Binding 0\.0\.0\.0 would let the network use this server.*Give it a secret/],
  [{ host: "::" }, /^Binding :: would/],
  [{ host: "" }, /would let the network/],
  [{ host: "0" }, /would let the network/],
  [{ host: "0.0.0.0", token: "" }, /^The secret in the option token cannot be used: it needs 16 characters/],
  [{ token: "hunter2" }, /it needs 16 characters or more/],
  [{ token: { cli: "hunter2" } }, /^The secret in the token of cli cannot be used/],
  [{ allowedHosts: ["*"] }, /^"\*" is not a host name/],
  [{ allowedHosts: ["*.example.com"] }, /without a port or a wildcard/],
  [{ host: "no-such-host.invalid", token: canary }, /^The host no-such-host\.invalid cannot be resolved/],
] as const)("unsafe or invalid options are refused: %j", async ([options, sentence]) => {
  const failed = await serveApp(new Hono(), options).then(
    (server) => server.close().then(() => "it was served"),
    (error: Error) => error.message,
  );
  expect(failed).toMatch(sentence);
  expect(failed).not.toContain("hunter2");
  expect(failed).not.toContain(canary.slice(0, 12));
});

test("IPv6 loopback needs no token, and any other address serves only clients with the token", async () => {
  for (const host of ["::1", "[::1]"]) {
    const { url } = await start({ host });
    expect(url).toMatch(/^http:\/\/\[::1\]:\d+$/);
    expect((await send(url)).status).toBe(200);
  }
  const { port } = await start({ host: "0.0.0.0", token: canary });
  expect((await send(`http://127.0.0.1:${port}`)).status).toBe(401);
  expect((await send(`http://127.0.0.1:${port}`, { authorization: `Bearer ${canary}` })).status).toBe(200);
});

test("bodies are bounded, whether they state their length or not", async () => {
  const { url } = await start({ maxBody: 1000 });
  const post = (body: string, headers: OutgoingHttpHeaders) => send(`${url}/echo`, headers, { method: "POST", body });
  for (const headers of [{ "content-length": 2000 }, { "transfer-encoding": "chunked" }]) {
    const { status, text } = await post("x".repeat(2000), headers);
    expect(status).toBe(413);
    expect(text).toBe('{"error":"The body of a request may have at most 1000 bytes."}');
  }
  expect((await post("x".repeat(1000), { "transfer-encoding": "chunked" })).text).toBe("x".repeat(1000));
  expect((await send(`${url}/echo`, {}, { method: "DELETE" })).text).toBe("");
  expect((await post("grüß dich", { "content-type": "text/plain" })).text).toBe("grüß dich");
});

test("the connection of a body that never ends is closed", async () => {
  const { port } = await start({ maxBody: 1000 });
  const socket = connect(Number(port), "127.0.0.1");
  socket.on("error", () => undefined);
  socket.write(`POST /echo HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n`);
  const timer = setInterval(() => socket.write(`1000\r\n${"x".repeat(0x1000)}\r\n`), 1);
  await new Promise((resolve) => socket.once("close", resolve));
  clearInterval(timer);
});

test("an unknown path gets 404 and a failed route 500, each with a sentence", async () => {
  const { url } = await start();
  expect(await refusal(`${url}/nowhere`, {})).toEqual({ status: 404, error: "There is nothing at /nowhere." });
  for (const path of ["/fail", "/fail-oddly"])
    expect(await refusal(url + path, {})).toEqual({ status: 500, error: "The server failed on this request." });
});

// By default, Node closes them only after 30 s.
test.for([
  ["a connection that sends nothing", ""],
  ["a connection whose headers never end", "GET / HTTP/1.1\r\nhost: localhost\r\nx-slow: "],
])("%s is closed", async ([, sent]) => {
  const { port } = await start({ headersTimeout: 200 });
  const started = Date.now();
  const socket = connect(Number(port), "127.0.0.1");
  socket.on("error", () => undefined);
  socket.resume().write(sent!);
  // Sending a byte now and then does not extend the time.
  const timer = setInterval(() => sent && socket.write("x"), 40);
  await new Promise((resolve) => socket.once("close", resolve));
  clearInterval(timer);
  expect(Date.now() - started).toBeGreaterThan(150);
  expect(Date.now() - started).toBeLessThan(2000);
});

test("a request that is never answered is closed at the time limit, and its signal aborts", async () => {
  const { url, seen } = await start({ timeout: 200 });
  await expect(send(`${url}/hang`)).rejects.toThrow(/socket hang up/);
  await expect.poll(() => seen).toEqual(["hanging", "aborted"]);
});

test("closing ends idle connections and running requests, and frees the port", async () => {
  const app = await start();
  const [server] = open;
  const hanging = send(`${app.url}/hang`).catch((error: Error) => error.message);
  const idle = connect(Number(app.port), "127.0.0.1");
  const closed = new Promise((resolve) => idle.once("close", resolve));
  idle.on("error", () => undefined);
  await expect.poll(() => app.seen).toContain("hanging");
  await server!.close();
  expect(await hanging).toMatch(/socket hang up/);
  await closed;
  expect(new URL((await start({ port: Number(app.port) })).url).port).toBe(app.port);
});

test("a port that is taken is reported in a sentence", async () => {
  const { port } = await start();
  await expect(serveApp(new Hono(), { port: Number(port) })).rejects.toThrow(
    `Port ${port} of 127.0.0.1 is taken. Choose another with --port.`,
  );
});

test("the guard can be used as middleware of another app", async () => {
  const app = new Hono().use(guard({ token: canary })).get("/", (context) => context.text("served"));
  const ask = (headers: Record<string, string>) => app.request("/", { headers: { host: "localhost", ...headers } });
  expect((await ask({})).status).toBe(401);
  expect((await ask({ authorization: `Bearer ${canary}`, "sec-fetch-site": "cross-site" })).status).toBe(403);
  expect(await (await ask({ authorization: `Bearer ${canary}` })).text()).toBe("served");
});
