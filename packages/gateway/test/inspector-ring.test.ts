import { EventEmitter } from "node:events";
import type { ServerResponse } from "node:http";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import type { RequestRecord } from "../src/index.ts";
import { Feed } from "../src/inspector/feed.ts";
import { Ring } from "../src/recording/ring.ts";
import { canary, gateway, hello, post, provider } from "./gateway.ts";
import { inspected } from "./inspector.ts";
import { delta, failing, saying, streaming, upstream } from "./upstream.ts";

const models = "models: { fast: { targets: [acme:m-1] } }";
const mebibyte = 1024 * 1024;

const record = (id: number): RequestRecord => ({
  id: `req_${id}`,
  time: "2026-11-29T00:00:00.000Z",
  path: "/v1/chat/completions",
  model: "fast",
  isStream: true,
  attempts: [],
});

describe("kept requests are bounded", () => {
  test("to 200, without the oldest", async () => {
    const acme = await upstream(saying("Hi"));
    const running = await inspected([provider("acme", acme.url)], models);
    const first = await (await post(running)).text().then(async () => (await running.rows())[0]!.id);
    for (let round = 0; round < 21; round++)
      await Promise.all(Array.from({ length: 10 }, async () => (await post(running)).text()));
    const rows = await running.rows();
    expect(rows).toHaveLength(200);
    expect((await running.get(`/requests/${first}`)).status).toBe(404);
  });

  test("and the heap does not grow over 10,000 requests", () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    const ring = new Ring(() => [canary]);
    const push = (from: number, to: number): void => {
      for (let id = from; id < to; id++) {
        const recording = ring.begin(record(id), JSON.stringify({ model: "fast", text: `${id} `.repeat(2000) }), []);
        if (id % 50 === 0) ring.find(`req_${id}`);
        recording.end();
      }
    };
    push(0, 1000);
    collect();
    const before = process.memoryUsage().heapUsed;
    push(1000, 10_000);
    collect();
    expect(ring.ids).toHaveLength(200);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(8 * mebibyte);
    expect(ring.weight).toBeLessThan(200 * 40_000);
    ring.close();
  });

  test("in bytes too, so that large bodies push out the oldest requests", () => {
    const ring = new Ring(() => []);
    for (let id = 0; id < 60; id++) ring.begin(record(id), `"${"x".repeat(3 * mebibyte)}"`, []).end();
    expect(ring.weight).toBeLessThan(97 * mebibyte);
    expect(ring.ids.at(-1)).toBe("req_59");
    expect(ring.find("req_59")!.sent).toMatchObject({ isCut: true, bytes: 3 * mebibyte + 2 });
    expect(ring.find("req_59")!.sent.text).toHaveLength(mebibyte);
    ring.close();
  });

  test("to the first MiB of an answer, but with the times of all its reads", async () => {
    const piece = delta({ content: "x".repeat(64 * 1024) });
    const acme = await upstream(streaming(...Array.from({ length: 24 }, () => piece), "data: [DONE]\n\n"));
    const running = await inspected([provider("acme", acme.url)], models);
    await (await post(running, { ...hello, stream: true })).text();
    const [row] = await running.rows();
    const { attempts, answer } = await running.find(row!.id);
    const { response, timeline } = attempts[0]!;
    expect(response!.body).toMatchObject({ isCut: true, bytes: 24 * piece.length + 14 });
    expect(response!.body.text.length).toBe(mebibyte);
    expect(timeline!.ticks.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(24 * piece.length + 14);
    expect(answer).toMatchObject({ isCut: true });
  });

  test("and a request with a cut body cannot be replayed", async () => {
    const acme = await upstream(saying("Hi"));
    const running = await inspected([provider("acme", acme.url)], models);
    const content = "x".repeat(mebibyte);
    await (await post(running, { ...hello, messages: [{ role: "user", content }] })).text();
    const [row] = await running.rows();
    const refused = await running.replay(row!.id);
    expect([refused.status, await refused.json()]).toMatchObject([
      400,
      { error: { message: expect.stringContaining("Only the beginning") } },
    ]);
  });
});

describe("no key is kept", () => {
  const known = "client-key-0123456789abcd";
  const yaml = `clients: { chat: { key: "${known}", inspect: true } }\n${models}`;

  test("of a target or a client, and no text that looks like a key, anywhere in a request", async () => {
    const pasted = "gsk_4eB7pQ2mN8rT5vX9zK3wL6yJ";
    const acme = await upstream(
      streaming(
        delta({ content: `The key is ${canary}, or ${known}.` }),
        delta({ content: pasted }),
        "data: [DONE]\n\n",
      ),
      failing(401, `Wrong key: ${canary}`, { "x-echo": canary, "set-cookie": "session=0123456789abcdef01" }),
    );
    const running = await inspected([provider("acme", acme.url)], yaml).catch(() => undefined);
    const { url } = running ?? (await gateway([provider("acme", acme.url)], yaml));
    const headers = { authorization: `Bearer ${known}` };
    const body = { ...hello, stream: true, user: known, metadata: { note: pasted, [canary]: 1 } };
    for (let i = 0; i < 2; i++) await (await post({ url }, body, { headers })).text();
    const get = async (path: string): Promise<string> =>
      (await fetch(`${url}/inspector/api${path}`, { headers })).text();
    const { requests } = JSON.parse(await get("/requests")) as { requests: { id: string }[] };
    expect(requests).toHaveLength(2);
    const seen = [JSON.stringify(requests)];
    for (const { id } of requests) seen.push(await get(`/requests/${id}`), await get(`/requests/${id}/cassette`));
    expect(seen.join("")).toContain("[redacted]");
    expect(seen.join("")).toContain("[Groq key]");
    for (const secret of [canary, known, pasted])
      for (let at = 4; at + 8 <= secret.length; at++)
        for (const text of seen) expect(text).not.toContain(secret.slice(at, at + 8));
    expect(seen.join("")).not.toContain("0123456789abcdef01");
  });
});

test("health lists targets with their last latencies and cooldowns, and clients with the rest of their limits", async () => {
  const acme = await upstream(saying("Hi"));
  const busy = await upstream(failing(429, "Too many", { "retry-after": "30" }));
  const key = "admin-key-0123456789abcde";
  const { url } = await gateway(
    [provider("acme", acme.url), provider("busy", busy.url)],
    `clients: { admin: { key: "${key}", inspect: true, budget: { usd: 1, per: day }, rate: { requests: 5, per: hour } } }
models: { fast: { targets: [busy:m-1, acme:m-1] } }`,
  );
  const headers = { authorization: `Bearer ${key}` };
  for (let i = 0; i < 2; i++) await (await post({ url }, { ...hello, stream: true }, { headers })).text();
  const health = await (await fetch(`${url}/inspector/api/health`, { headers })).json();
  expect(health).toMatchObject({
    targets: [
      { model: "fast", target: "busy:m-1", state: "cooling", message: "Too many", latencies: [] },
      { model: "fast", target: "acme:m-1", state: "up", latencies: [expect.any(Number), expect.any(Number)] },
    ],
    clients: [
      {
        client: "admin",
        limits: [
          { name: "usd per day", most: 1 },
          { name: "requests per hour", used: 2, left: 3, most: 5 },
        ],
      },
    ],
  });
  const { cooldownLeft } = (health as { targets: { cooldownLeft: number }[] }).targets[0]!;
  expect(cooldownLeft).toBeGreaterThan(20_000);
  expect(cooldownLeft).toBeLessThanOrEqual(30_000);
});

test("a slow reader of the feed gets the newest rows and fills no memory", async () => {
  let written = 0;
  let drain: () => void = () => {};
  const outgoing = Object.assign(new EventEmitter(), {
    destroyed: false,
    writeHead: () => {},
    destroy: () => {},
    write(text: string) {
      written += text.length;
      return false;
    },
  });
  outgoing.on("newListener", (event, listener) => {
    if (event === "drain") drain = listener as () => void;
  });
  let tell: (id: string) => void = () => {};
  const source = {
    rows: () => [],
    row: (id: string) => (Number(id) >= 9800 ? { ...record(Number(id)), changes: 0 } : undefined),
    find: async () => undefined,
    health: async () => ({ targets: [], clients: [] }),
    listen(listener: (id: string) => void) {
      tell = listener;
      return () => {};
    },
  };
  const feed = new Feed(source);
  feed.connect(outgoing as unknown as ServerResponse);
  for (let id = 0; id < 10_000; id++) tell(String(id));
  await new Promise((resolve) => setTimeout(resolve, 120));
  // The reader has not even read the first comment.
  expect(written).toBeLessThan(100);
  drain();
  await expect.poll(() => written, { timeout: 2000 }).toBeGreaterThan(1000);
  // Only the 200 rows that are still kept are sent, not 10,000.
  expect(written).toBeLessThan(200 * 300);
});
