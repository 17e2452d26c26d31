import { afterAll, beforeAll, expect, test } from "vitest";
import { startRag } from "../src/server/start-rag.ts";
import { openMemoryStore } from "../src/store/memory-store.ts";
import { secret, signToken } from "./support/sign-token.ts";
import { startServer, type TestServer } from "./support/start-server.ts";
import { wordEmbedder } from "./support/word-embedder.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

async function ask(authorization: string | undefined, path = "/query"): Promise<{ status: number; text: string }> {
  const response = await fetch(`${server.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(authorization !== undefined && { authorization }) },
    body: JSON.stringify({ file_id: "f", query: "anything" }),
  });
  return { status: response.status, text: await response.text() };
}

const now = Math.floor(Date.now() / 1000);

test.each([
  ["that LibreChat signed", signToken("u1")],
  ["from a machine whose clock is a minute ahead", signToken("u1", { claims: { iat: now + 60, exp: now + 360 } })],
  ["that never expires", signToken("u1", { claims: { exp: undefined } })],
])("a token %s is accepted", async (_, token) => {
  expect(await ask(`Bearer ${token}`)).toEqual({ status: 200, text: "[]" });
});

const [head, , signature] = signToken("u1").split(".");
const otherBody = Buffer.from(JSON.stringify({ id: "u2", exp: now + 300 })).toString("base64url");

test.each([
  ["that is missing", undefined, /no token/],
  ["with another scheme", `Basic ${signToken("u1")}`, /no token/],
  ["that is empty", "Bearer ", /no token/],
  [
    "signed with another secret",
    `Bearer ${signToken("u1", { key: "another-secret-entirely" })}`,
    /JWT_SECRET of LibreChat's/,
  ],
  ["signed with an empty secret", `Bearer ${signToken("u1", { key: " " })}`, /JWT_SECRET of LibreChat's/],
  ["whose user was changed", `Bearer ${head}.${otherBody}.${signature}`, /JWT_SECRET of LibreChat's/],
  ["without a signature (alg none)", `Bearer ${signToken("u1", { alg: "none" })}`, /not one that LibreChat signs/],
  ["with another algorithm", `Bearer ${signToken("u1", { alg: "HS512" })}`, /not one that LibreChat signs/],
  ["that is not a JWT", "Bearer abc.def", /not one that LibreChat signs/],
  ["that has expired", `Bearer ${signToken("u1", { claims: { exp: now - 1 } })}`, /expired.*clocks/],
  ["that is not valid yet", `Bearer ${signToken("u1", { claims: { nbf: now + 60 } })}`, /not valid yet/],
  ["without a user", `Bearer ${signToken(undefined)}`, /names no user/],
  ["whose user is a number", `Bearer ${signToken(7)}`, /names no user/],
  ["whose user is empty", `Bearer ${signToken("")}`, /names no user/],
  [
    "of a user's session",
    `Bearer ${signToken("u1", { claims: { username: "a", provider: "local", email: "a@b.c" } })}`,
    /session/,
  ],
])("a token %s is refused, and is not repeated", async (_, authorization, reason) => {
  const { status, text } = await ask(authorization);
  expect(status).toBe(401);
  expect((JSON.parse(text) as { detail: string }).detail).toMatch(reason);
  for (const part of (authorization ?? "").split(/[ .]/).filter(({ length }) => length > 8))
    expect(text).not.toContain(part);
  expect(text).not.toContain(secret);
});

test.each(["/embed", "/text", "/query", "/query_multiple", "/documents", "/documents/f/context", "/nowhere"])(
  "%s needs a token, whether the route exists or not",
  async (path) => {
    expect((await ask(undefined, path)).status).toBe(401);
    const read = await fetch(`${server.url}${path}`);
    expect(read.status).toBe(401);
  },
);

test("the token is checked before the body is read", async () => {
  const { status } = await fetch(`${server.url}/embed`, {
    method: "POST",
    body: new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(64 * 1024)) }),
    duplex: "half",
  } as RequestInit);
  expect(status).toBe(401);
});

test("/health needs no token, and only says that the server is up", async () => {
  const response = await fetch(`${server.url}/health`);
  expect([response.status, await response.json()]).toEqual([200, { status: "UP" }]);
});

test("/health reports a database that does not answer, without the database's own message", async () => {
  const store = { ...openMemoryStore(), check: () => Promise.reject(new Error("password hunter2 is wrong")) };
  const broken = await startServer({ store });
  const response = await fetch(`${broken.url}/health`);
  const text = await response.text();
  await broken.close();
  expect(response.status).toBe(503);
  expect(text).toContain("DOWN");
  expect(text).not.toContain("hunter2");
});

test("the server does not start with an empty secret", async () => {
  await expect(startRag({ store: openMemoryStore(), embedder: wordEmbedder(), secret: " ", port: 0 })).rejects.toThrow(
    /JWT_SECRET/,
  );
});
