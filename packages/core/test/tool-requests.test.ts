import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { defineTool, ProviderError, type ToolContext, type ToolOptions } from "@llm-provider/core";
import { afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { fakeFetch } from "./support/fake-fetch.ts";
import { failure } from "./support/read-events.ts";

const auth = { env: "RATES_API_KEY", page: "https://rates.example/keys" } as const;
const canary = "canary-3f9c2b7a81d645e0";

type Facts = { auth?: "none" | typeof auth; baseURL?: string };

/** Runs a tool with this `execute`. */
function run<Output>(
  execute: (context: ToolContext) => Promise<Output>,
  facts: Facts = {},
  options: ToolOptions = {},
): Promise<Output> {
  const docs = "https://docs.vendor.example";
  const input = z.object({});
  const tool = {
    id: "rates",
    name: "rates",
    description: "Rates.",
    docs,
    input,
    auth: "none",
    toText: String,
  } as const;
  return defineTool<object, Output>({ ...tool, ...facts, execute: (_, context) => execute(context) })(options).execute(
    {},
  );
}

/** A fake fetch with the type that a tool expects. */
function answering(...answers: Parameters<typeof fakeFetch>) {
  const { fetch, calls } = fakeFetch(...answers);
  return { calls, fetch: (url: string, init: RequestInit = {}) => fetch(url, init) };
}

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
  vi.unstubAllGlobals();
});

/** Starts a server on loopback and returns its URL. */
async function serve(answer: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => (server.closeAllConnections(), server.close()));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Returns an address where nothing is listening. */
async function nobody(): Promise<string> {
  const url = await serve(() => {});
  closing.pop()!();
  return url;
}

describe("baseURL", () => {
  const given = (facts: Facts, options?: ToolOptions) => run(async ({ baseURL }) => baseURL, facts, options);

  it("is the option, else the definition's, without a trailing slash, else empty", async () => {
    const facts = { baseURL: "https://rates.example/v1/" };
    expect(await given(facts)).toBe("https://rates.example/v1");
    expect(await given(facts, { baseURL: "https://proxy.example//" })).toBe("https://proxy.example");
    expect(await given({}, { baseURL: "https://proxy.example/rates" })).toBe("https://proxy.example/rates");
    expect(await given({})).toBe("");
  });

  it.each([
    ["http://rates.example", /http on another host/],
    ["ftp://rates.example", /begins with ftp:/],
    [`https://me:${canary}@rates.example`, /user or password/],
    ["https://rates.example/#x", /hash/],
    ["rates.example", /not a URL/],
    // A tool appends its path to the base URL itself.
    ["https://rates.example/?a=1", /query/],
  ])("has the same rules as a provider's: %s is refused when the tool is created", async (baseURL, message) => {
    for (const [facts, options] of [
      [{ auth, baseURL }, {}],
      [{ auth }, { baseURL }],
    ] as const) {
      const error = await failure(() => run(async () => 1, facts, { apiKey: canary, ...options }));
      expect(error).toMatchObject({ code: "invalid-request", provider: "rates" });
      expect(error.message).toMatch(message);
      expect(error.message + error.hint).not.toContain(canary);
    }
  });

  it("may be http on loopback, and on any host for a tool without a key", async () => {
    expect(await given({ auth, baseURL: "http://127.0.0.1:80/" }, { apiKey: canary })).toBe("http://127.0.0.1");
    expect(await given({ baseURL: "http://rates.example" })).toBe("http://rates.example");
  });
});

describe("a network failure names the requested origin", () => {
  const baseURL = "https://rates.example";
  const facts = { baseURL };

  it("if the connection is refused", async () => {
    const url = await nobody();
    const error = await failure(run(({ fetch }) => fetch(`${url}/latest`), facts));
    expect(error).toMatchObject({ code: "network", provider: "rates", retryable: true });
    expect(error.message).toMatch(new RegExp(`^The connection to ${url} failed: .*ECONNREFUSED`));
    expect(error.hint).toContain(`Nothing listens at ${url}`);
    // Including the address that the tool builds from its base URL.
    const own = await failure(run((context) => context.fetch(context.baseURL), facts, { baseURL: url }));
    expect(own.message).toContain(`The connection to ${url} failed`);
  });

  it("if another request of the same run went to another origin", async () => {
    const url = await nobody();
    const up = await serve((_, response) => response.end("ok"));
    const both = run(({ fetch }) => Promise.all([fetch(up), fetch(url)]), facts);
    expect((await failure(both)).message).toContain(`The connection to ${url} failed`);
  });

  it("if the body breaks off, but not if there are several possible origins", async () => {
    const broken = await serve((_, response) => {
      response.writeHead(200, { "content-length": "100" }).write("half");
      setTimeout(() => response.destroy(), 10);
    });
    const error = await failure(run(async ({ fetch }) => (await fetch(broken)).text(), facts));
    expect(error).toMatchObject({
      code: "network",
      message: expect.stringContaining(`connection to ${broken} failed`),
    });
    const up = await serve((_, response) => response.end("ok"));
    const two = run(async ({ fetch }) => (await fetch(up), (await fetch(broken)).text()), facts);
    expect(await failure(two)).toMatchObject({
      code: "network",
      message: expect.stringMatching(/^The connection failed: /),
    });
  });

  it("or the base URL, if the tool did not use the fetch of its context", async () => {
    const url = await nobody();
    const own = async () => (await globalThis.fetch(url)).text();
    expect((await failure(run(own, facts))).message).toContain(`The connection to ${baseURL} failed`);
    expect(await failure(run(own))).toMatchObject({
      code: "network",
      message: expect.stringMatching(/^The connection failed: /),
    });
  });

  it("whatever a custom fetch throws, but not for an invalid request", async () => {
    const asking = (fetch: NonNullable<ToolOptions["fetch"]>, url = baseURL, init?: RequestInit) =>
      failure(run((context) => context.fetch(url, init), facts, { fetch }));
    const error = await asking(() => Promise.reject(new Error("No route")));
    expect(error).toMatchObject({ code: "network", message: `The connection to ${baseURL} failed: No route.` });
    const sync = await asking(() => {
      throw new Error("No route");
    });
    expect(sync.code).toBe("network");
    const real = (url: string, init?: RequestInit) => globalThis.fetch(url, init);
    expect(await asking(real, baseURL, { headers: { "x-a": "a\nb" } })).toMatchObject({ code: "tool-failed" });
    const relative = await asking(real, "/latest");
    expect(relative).toMatchObject({
      code: "tool-failed",
      message: expect.stringMatching(/^\/latest is not an absolute URL/),
    });
  });
});

describe("a redirect", () => {
  const location = "https://evil.example/steal";
  const ask = (init?: RequestInit) => (context: ToolContext) =>
    context.fetch("https://rates.example/latest", init).then((response) => response.status);

  it.each([301, 302, 303, 307, 308])(
    "with %d is an error that names both origins, for a tool with a key",
    async (status) => {
      const { fetch, calls } = answering({ status, headers: { location } });
      // The tool's own `redirect` option makes no difference.
      const error = await failure(run(ask({ redirect: "follow" }), { auth }, { apiKey: canary, fetch }));
      expect(error).toMatchObject({
        code: "invalid-response",
        provider: "rates",
        status,
        message: `https://rates.example redirects to https://evil.example (HTTP ${status}). The redirect was not followed.`,
      });
      expect(calls).toMatchObject([{ init: { redirect: "manual" } }]);
    },
  );

  it("does not send the key elsewhere with a real fetch", async () => {
    const seen: string[] = [];
    const other = await serve((request, response) => (seen.push(request.url!), response.end("ok")));
    const from = await serve((_, response) => response.writeHead(302, { location: `${other}/steal` }).end());
    const get = async ({ fetch, apiKey = "" }: ToolContext) => (await fetch(`${from}/?key=${apiKey}`)).text();
    const error = await failure(run(get, { auth }, { apiKey: canary }));
    expect(error.message).toContain(`${from} redirects to ${other}`);
    expect(seen).toEqual([]);
    // Redirects are errors unless the tool has no key.
    expect(await run(get)).toBe("ok");
    expect(seen).toEqual(["/steal"]);
  });

  it("excludes 304, and core ignores it for a tool without a key", async () => {
    const { fetch, calls } = answering(async () => new Response(null, { status: 304 }), {
      status: 302,
      headers: { location },
    });
    expect(await run(ask(), { auth }, { apiKey: canary, fetch })).toBe(304);
    expect(await run(ask({ redirect: "manual" }), {}, { fetch })).toBe(302);
    expect(calls[1]!.init.redirect).toBe("manual");
    await run(ask(), {}, { fetch });
    expect(calls[2]!.init).not.toHaveProperty("redirect");
  });
});

describe("the signal of a call reaches its requests", () => {
  /** A fetch that never answers, and rejects as a real one does when its signal aborts. */
  const silent: NonNullable<ToolOptions["fetch"]> = (_, init) =>
    new Promise((_resolve, reject) => {
      const signal = init!.signal!;
      if (signal.aborted) return reject(signal.reason);
      signal.addEventListener("abort", () => reject(signal.reason as Error));
    });

  it.each([true, false])("and is combined with the tool's own signal (AbortSignal.any: %s)", async (isThere) => {
    if (!isThere) vi.stubGlobal("AbortSignal", Object.assign(Object.create(AbortSignal), { any: undefined }));
    const given: AbortSignal[] = [];
    const fetch: typeof silent = (url, init) => (given.push(init!.signal!), silent(url, init));
    const own = new AbortController();
    const asking = (context: ToolContext) => context.fetch("https://rates.example", { signal: own.signal });
    expect((await failure(run(asking, {}, { fetch, timeout: 20 }))).code).toBe("timeout");
    expect(given[0]!.aborted).toBe(true);

    const ended = failure(run(asking, {}, { fetch }));
    await vi.waitFor(() => expect(given).toHaveLength(2));
    own.abort(new Error("The tool has enough"));
    expect(await ended).toMatchObject({ code: "tool-failed", message: "The tool has enough" });
    expect(given[1]!.aborted).toBe(true);
    // A signal that has already aborted ends the request at once.
    expect(await failure(run(asking, {}, { fetch }))).toMatchObject({ message: "The tool has enough" });
  });

  it("and no request is sent after the call has ended", async () => {
    const { fetch, calls } = answering({ body: "{}" });
    let late: Promise<unknown> | undefined;
    const slow = async (context: ToolContext) => {
      await new Promise((resolve) => setTimeout(resolve, 40));
      late = context.fetch("https://rates.example").catch((error: unknown) => error);
    };
    expect((await failure(run(slow, {}, { fetch, timeout: 10 }))).code).toBe("timeout");
    await vi.waitFor(() => expect(late).toBeDefined());
    expect(await late).toSatisfy(ProviderError.is);
    expect(calls).toEqual([]);
  });
});
