import { describe, expect, test } from "vitest";
import { canary, gateway, hello, post, provider } from "./gateway.ts";
import { inspected, inspecting, openLink } from "./inspector.ts";
import { saying, upstream } from "./upstream.ts";

const models = "models: { fast: { targets: [acme:m-1] } }";
const operator = "an-operators-secret-of-ours";

/** Starts a gateway with an inspector and sends it one request. */
async function answered(yaml = models, options: object = {}, headers: Record<string, string> = {}) {
  const acme = await upstream(saying("Hi"));
  const running = await inspected([provider("acme", acme.url)], yaml, options);
  await (await post(running, hello, { headers })).text();
  return running;
}

const statusOf = async (response: Promise<Response>): Promise<number> => (await response).status;

test("without the session that a link opens, nobody reads a request, replays one, or follows the feed", async () => {
  const { url, rows } = await answered();
  const [row] = await rows();
  for (const secret of ["", "wrong", "x".repeat(5000), canary]) {
    const { get } = inspecting(url, secret);
    for (const path of ["/requests", `/requests/${row!.id}`, `/requests/${row!.id}/cassette`, "/health", "/events"]) {
      const response = await get(path);
      expect([path, response.status]).toEqual([path, 401]);
      expect(await response.json()).toEqual({ error: { message: expect.stringContaining("Open the link") } });
    }
    expect(await statusOf(get(`/requests/${row!.id}/replay`, { method: "POST" }))).toBe(401);
  }
});

test("a link opens one session, and a used link says where the next one is", async () => {
  const { url, links, session } = await answered();
  expect(links).toHaveLength(2);
  const again = await fetch(`${url}/inspector/api/session`, {
    method: "POST",
    body: JSON.stringify({ token: links[0]!.split("#token=")[1] }),
  });
  expect(again.status).toBe(401);
  expect(await again.json()).toEqual({
    error: { message: expect.stringContaining("already used, and a link opens the inspector only once. A new one") },
  });
  const next = await openLink(url, links[1]!);
  expect(next).not.toBe(session);
  expect(await statusOf(inspecting(url, next).get("/requests"))).toBe(200);
});

test("sessions are bounded: a further one closes the oldest", async () => {
  const { url, session } = await answered(models, { inspector: { token: operator } });
  const open = async (): Promise<string> => openLink(url, `#token=${operator}`);
  const sessions = [];
  for (let i = 0; i < 32; i++) sessions.push(await open());
  const status = (secret: string): Promise<number> => statusOf(inspecting(url, secret).get("/requests"));
  expect([await status(session), await status(sessions[0]!), await status(sessions.at(-1)!)]).toEqual([401, 200, 200]);
});

test("the operator's secret opens the inspector any number of times, and a short secret is refused", async () => {
  const { url } = await answered(models, { inspector: { token: operator } });
  for (let i = 0; i < 2; i++) expect(await statusOf(inspecting(url, operator).get("/requests"))).toBe(200);
  const acme = await upstream(saying("Hi"));
  await expect(gateway([provider("acme", acme.url)], models, { inspector: { token: "short" } })).rejects.toThrow(
    "16 characters or more",
  );
});

describe("with clients, only one with `inspect: true` may inspect", () => {
  const clients = `clients:
  chat: { key: "chat-key-0123456789abcdef" }
  admin: { key: "admin-key-0123456789abcde", inspect: true, rate: { requests: 2, per: month } }
${models}`;
  const chat = { authorization: "Bearer chat-key-0123456789abcdef" };

  test("by its key or a session opened with it, while the operator's secret and links give no access", async () => {
    const { url, links } = await answered(clients, { inspector: { token: operator } }, chat);
    expect(links).toEqual([`${url}/inspector`]);
    const admin = inspecting(url, "admin-key-0123456789abcde");
    const [row] = await admin.rows();
    expect(await admin.find(row!.id)).toMatchObject({ row: { client: "chat" }, answer: { text: "Hi" } });
    const session = await openLink(url, "#token=admin-key-0123456789abcde");
    expect(await statusOf(inspecting(url, session).get("/requests"))).toBe(200);
    const other = await inspecting(url, "chat-key-0123456789abcdef").get(`/requests/${row!.id}`);
    expect([other.status, await other.json()]).toEqual([
      403,
      { error: { message: "The client chat may not inspect: it has no `inspect: true` in the configuration." } },
    ]);
    expect(await statusOf(inspecting(url, operator).get("/requests"))).toBe(401);
    for (const token of [operator, "chat-key-0123456789abcdef"])
      expect(await openLink(url, `#token=${token}`)).toBeUndefined();
    // The page itself contains no data, and a browser cannot send a key when it opens the page.
    expect(await statusOf(fetch(`${url}/inspector`))).toBe(200);
  });

  test("its own rate applies to requests that it replays", async () => {
    const { url } = await answered(clients, {}, chat);
    const admin = inspecting(url, "admin-key-0123456789abcde");
    const [row] = await admin.rows();
    for (let i = 0; i < 2; i++) expect(await statusOf(admin.replay(row!.id))).toBe(200);
    await admin.replay(row!.id);
    await expect
      .poll(async () => (await admin.rows()).at(-1), { timeout: 3000 })
      .toMatchObject({ client: "admin", replayOf: row!.id, status: 429, error: { code: "rate-limit" } });
  });

  test("a session ends when the configuration revokes the right", async () => {
    const running = await answered(clients, {}, chat);
    const session = await openLink(running.url, "#token=admin-key-0123456789abcde");
    const { get } = inspecting(running.url, session);
    expect(await statusOf(get("/requests"))).toBe(200);
    await running.reconfigure(clients.replace("inspect: true", "inspect: false"));
    expect(await statusOf(get("/requests"))).toBe(404);
    await running.reconfigure(
      clients
        .replace("inspect: true", "inspect: false")
        .replace('chat-key-0123456789abcdef"', 'chat-key-0123456789abcdef", inspect: true'),
    );
    expect(await statusOf(get("/requests"))).toBe(401);
  });
});

test("if nobody may inspect, nothing is recorded and there is no page", async () => {
  const acme = await upstream(saying("Hi"));
  const yaml = `clients: { chat: { key: "chat-key-0123456789abcdef" } }\n${models}`;
  const options = [
    [yaml, {}],
    [`inspector: false\n${models}`, {}],
    [models, { inspector: false }],
  ] as const;
  for (const [text, more] of options) {
    const { url } = await gateway([provider("acme", acme.url)], text, more);
    const response = await fetch(`${url}/inspector`);
    expect([response.status, await response.json()]).toEqual([
      404,
      { error: { message: expect.stringContaining("The inspector is off.") } },
    ]);
  }
});

test("web pages and foreign names are refused, also with the right secret", async () => {
  const { url, session, rows } = await answered();
  const [row] = await rows();
  const { port } = new URL(url);
  const foreign: Record<string, string>[] = [
    { origin: "https://evil.example" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { host: `evil.example:${port}` },
  ];
  const { request } = await import("node:http");
  // `fetch` always sends the URL's own host.
  const ask = (path: string, headers: Record<string, string>, method = "GET"): Promise<number> =>
    new Promise((resolve, reject) => {
      const sent = request(url + path, { method, headers }, (response) => {
        response.resume();
        resolve(response.statusCode!);
      });
      sent.on("error", reject).end(method === "POST" ? "{}" : undefined);
    });
  const authorization = `Bearer ${session}`;
  for (const headers of foreign)
    for (const path of ["/inspector", "/inspector/api/requests", `/inspector/api/requests/${row!.id}`]) {
      expect([headers, path, await ask(path, { authorization, ...headers })]).toEqual([headers, path, 403]);
      expect(await ask("/inspector/api/session", headers, "POST")).toBe(403);
    }
  // The page's own requests pass.
  const own = { authorization, origin: url, "sec-fetch-site": "same-origin" };
  expect(await ask("/inspector/api/requests", own)).toBe(200);
});

test("a host name allowed by --allow-host can use the gateway but not the inspector", async () => {
  const acme = await upstream(saying("Hi"));
  const { url } = await inspected([provider("acme", acme.url)], models, { allowedHosts: ["gateway.lan"] });
  const { request } = await import("node:http");
  const ask = (path: string): Promise<number> =>
    new Promise((resolve) => {
      request(url + path, { headers: { host: "gateway.lan" } }, (response) => {
        response.resume();
        resolve(response.statusCode!);
      }).end();
    });
  expect([await ask("/v1/models"), await ask("/inspector"), await ask("/inspector/api/requests")]).toEqual([
    200, 403, 403,
  ]);
});

test("with clients, the inspector refuses a page of another origin even with a key that is valid for the gateway", async () => {
  const key = "admin-key-0123456789abcde";
  const { url } = await answered(
    `clients: { admin: { key: "${key}", inspect: true } }\n${models}`,
    {},
    {
      authorization: `Bearer ${key}`,
    },
  );
  const headers = { authorization: `Bearer ${key}`, origin: "https://evil.example" };
  expect(await statusOf(inspecting(url, key).get("/requests", { headers }))).toBe(403);
  expect(await statusOf(fetch(`${url}/v1/models`, { headers }))).toBe(200);
});

test("the page cannot be framed or cached, and runs only its own script", async () => {
  const { url, get } = await answered();
  const page = await fetch(`${url}/inspector`);
  const policy = page.headers.get("content-security-policy")!;
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toMatch(/script-src 'sha256-[\w+/=]+'/);
  expect(policy).not.toContain("unsafe");
  for (const response of [page, await get("/requests"), await get("/nothing")])
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
    });
});

test("a missing request, an unknown route and invalid JSON are reported in a sentence", async () => {
  const { get, url } = await answered();
  expect(await (await get("/requests/req_0")).json()).toEqual({
    error: { message: expect.stringContaining("no longer kept") },
  });
  expect(await (await get("/nothing")).json()).toMatchObject({
    error: { message: expect.stringContaining("There is nothing at") },
  });
  for (const body of ["", "[", "7", '{"token":7}']) {
    const response = await fetch(`${url}/inspector/api/session`, { method: "POST", body });
    expect([body, response.status]).toEqual([body, 400]);
  }
});
