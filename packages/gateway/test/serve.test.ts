import { request } from "node:http";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { canary, chunksOf, contentOf, gateway, hello, post, provider } from "./gateway.ts";
import { delta, done, failing, finish, saying, streaming, upstream } from "./upstream.ts";

const bearer = (key: string) => ({ headers: { authorization: `Bearer ${key}` } });
const keyA = "client-a-0123456789abcdef";
const keyB = "client-b-0123456789abcdef";
const clients = `clients: { a: { key: "${keyA}", models: [fast] }, b: { key: "${keyB}" } }
models: { fast: { targets: ["one:m-1"] }, cheap: { targets: ["one:m-2"] } }\n`;

describe("clients", () => {
  test("every route but /health needs a key, and /health without one names no target", async () => {
    const one = await upstream(saying("Hi"));
    const running = await gateway([provider("one", one.url)], clients);
    for (const path of ["/v1/models", "/v1/models/fast", "/log"]) {
      expect((await fetch(running.url + path)).status, path).toBe(401);
      expect((await fetch(running.url + path, bearer(keyB))).status, path).toBe(200);
    }
    for (const path of ["/v1/chat/completions", "/v1/embeddings"]) {
      const response = await post(running, hello, { path });
      expect([response.status, response.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
      expect(await response.json()).toMatchObject({
        error: { type: "invalid_request_error", code: "invalid_api_key", hint: expect.any(String) },
      });
    }
    expect(await (await fetch(`${running.url}/health`)).json()).toEqual({ status: "ok" });
    const health = (await (await fetch(`${running.url}/health`, bearer(keyA))).json()) as { targets: object[] };
    expect(health.targets).toEqual([{ model: "fast", target: "one:m-1", state: "up" }]);
    expect(one.requests).toEqual([]);
  });

  test("a client sees and uses only its own models, and reads only its own requests", async () => {
    const one = await upstream(saying("Hi"));
    const running = await gateway([provider("one", one.url)], clients);
    const idsOf = async (key: string) =>
      ((await (await fetch(`${running.url}/v1/models`, bearer(key))).json()) as { data: { id: string }[] }).data.map(
        ({ id }) => id,
      );
    expect([await idsOf(keyA), await idsOf(keyB)]).toEqual([["fast"], ["fast", "cheap"]]);
    const refused = await post(running, { ...hello, model: "cheap" }, bearer(keyA));
    expect(refused.status).toBe(404);
    expect(await refused.text()).not.toContain("one:m-2");
    expect((await post(running, { ...hello, models: ["fast", "cheap"] }, bearer(keyA))).status).toBe(404);
    await post(running, hello, bearer(keyA));
    await post(running, { ...hello, model: "cheap" }, bearer(keyB));
    const logOf = async (key: string) =>
      (
        (await (await fetch(`${running.url}/log`, bearer(key))).json()) as {
          requests: { client: string; model: string }[];
        }
      ).requests;
    expect(await logOf(keyA)).toMatchObject([{ client: "a", model: "fast", target: "one:m-1", status: 200 }]);
    expect(await logOf(keyB)).toMatchObject([{ client: "b", model: "cheap" }]);
  });

  test("a network address is refused without clients", async () => {
    const one = await upstream(saying("Hi"));
    await expect(
      gateway([provider("one", one.url)], `listen: "0.0.0.0:4100"\nmodels: { fast: { targets: ["one:m-1"] } }`),
    ).rejects.toThrow("Add `clients`");
  });
});

describe("web pages and foreign names", () => {
  const raw = (url: string, headers: Record<string, string>, path = "/v1/models"): Promise<number> =>
    new Promise((resolve, reject) => {
      request(url + path, { headers }, (response) => resolve(response.resume().statusCode!))
        .on("error", reject)
        .end();
    });

  test("are refused", async () => {
    const one = await upstream(saying("Hi"));
    const running = await gateway([provider("one", one.url)], `models: { fast: { targets: ["one:m-1"] } }`);
    expect(await raw(running.url, {})).toBe(200);
    const foreign: Record<string, string>[] = [
      { host: "evil.example" },
      { origin: "https://evil.example" },
      { "sec-fetch-site": "cross-site" },
      { origin: "null" },
    ];
    for (const headers of foreign)
      for (const path of ["/v1/models", "/health", "/log"])
        expect(await raw(running.url, headers, path), JSON.stringify(headers)).toBe(403);
  });
});

describe("with clients", () => {
  test("any host name is accepted with a key, and so is a web page", async () => {
    const one = await upstream(saying("Hi"));
    const running = await gateway([provider("one", one.url)], clients);
    const { authorization } = bearer(keyA).headers;
    const asked = (headers: Record<string, string>): Promise<number> =>
      new Promise((resolve, reject) => {
        request(`${running.url}/v1/models`, { headers }, (response) => resolve(response.resume().statusCode!))
          .on("error", reject)
          .end();
      });
    expect(await asked({ host: "gateway:4100", authorization })).toBe(200);
    expect(await asked({ host: "gateway:4100", authorization, origin: "https://app.example" })).toBe(200);
    expect(await asked({ host: "gateway:4100" })).toBe(401);
    expect(await running.reconfigure(`models: { fast: { targets: ["one:m-1"] } }`)).toEqual([]);
    expect(await asked({ host: "gateway:4100", authorization })).toBe(403);
  });
});

describe("a changed configuration", () => {
  test("serves new requests, while running streams keep the old one", async () => {
    let go!: () => void;
    const wait = new Promise<void>((resolve) => (go = resolve));
    const one = await upstream(async (response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(delta({ content: "first " }));
      await wait;
      response.end(delta({ content: "last" }) + finish() + done);
    });
    const other = await upstream(saying("other"));
    const running = await gateway(
      [provider("one", one.url), provider("two", other.url)],
      `models: { fast: { targets: ["one:m-1"] } }`,
    );
    const stream = await post(running, { ...hello, stream: true });
    expect(await running.reconfigure(`models: { fast: { targets: ["two:m-1"] } }`)).toEqual([]);
    expect((await post(running)).headers.get("x-llm-provider-target")).toBe("two:m-1");
    go();
    const { chunks, isDone } = await chunksOf(stream);
    expect([contentOf(chunks), isDone]).toEqual(["first last", true]);
  });

  test("with another address warns that the gateway must be restarted", async () => {
    const one = await upstream(saying("Hi"));
    const running = await gateway([provider("one", one.url)], `models: { fast: { targets: ["one:m-1"] } }`);
    expect(await running.reconfigure(`listen: 127.0.0.1:4999\nmodels: { fast: { targets: ["one:m-1"] } }`)).toEqual([]);
    expect(running.warnings).toEqual([expect.stringContaining("Restart the gateway")]);
    expect((await post(running)).status).toBe(200);
  });

  test("with a mistake changes nothing", async () => {
    const one = await upstream(saying("Hi"));
    const running = await gateway([provider("one", one.url)], `models: { fast: { targets: ["one:m-1"] } }`);
    const problems = await running.reconfigure(`models: { fast: { targets: ["nobody:m-1"] } }`);
    expect(problems).toMatchObject([
      { path: ["models", "fast", "targets", 0], message: "There is no provider nobody." },
    ]);
    expect((await post(running)).status).toBe(200);
  });

  test("changes the breaker's settings for existing targets", async () => {
    const one = await upstream(failing(500));
    const only = `models: { fast: { targets: ["one:m-1"] } }\nrounds: 1\n`;
    const running = await gateway([provider("one", one.url)], only);
    await post(running);
    expect(await running.reconfigure(`${only}health: { failures: 2, open: 60s }`)).toEqual([]);
    for (let i = 0; i < 5; i++) await post(running);
    expect(one.requests).toHaveLength(2);
  });

  test("changes the clients too, and keeps cooldowns", async () => {
    const one = await upstream(failing(429, "Slow", { "retry-after": "30" }));
    const running = await gateway([provider("one", one.url)], `models: { fast: { targets: ["one:m-1"] } }`);
    expect((await post(running)).status).toBe(429);
    expect(await running.reconfigure(clients)).toEqual([]);
    expect((await post(running)).status).toBe(401);
    expect((await post(running, hello, bearer(keyA))).status).toBe(429);
    expect(one.requests).toHaveLength(1);
  });
});

describe("unusual input", () => {
  test("an unknown route is answered with the list of routes, in OpenAI's format", async () => {
    const one = await upstream(saying("Hi"));
    const running = await gateway([provider("one", one.url)], `models: { fast: { targets: ["one:m-1"] } }`);
    for (const path of ["/v1/responses", "/chat/completions", "/v1/models/none"]) {
      const response = await fetch(running.url + path);
      expect([response.status, await response.json()]).toMatchObject([
        404,
        {
          error: {
            message: `There is nothing at ${path}.`,
            code: "unknown_url",
            hint: expect.stringContaining("POST /v1/chat/completions"),
          },
        },
      ]);
    }
  });

  test("a large body is read, and one over the limit is refused in OpenAI's format", async () => {
    const one = await upstream(saying("Hi"));
    const running = await gateway([provider("one", one.url)], `models: { fast: { targets: ["one:m-1"] } }`);
    const image = `data:image/png;base64,${"A".repeat(8_000_000)}`;
    const messages = [{ role: "user", content: [{ type: "image_url", image_url: { url: image } }] }];
    expect((await post(running, { ...hello, messages })).status).toBe(200);
    const refused = await post(running, { ...hello, messages: [{ role: "user", content: "A".repeat(34_000_000) }] });
    expect([refused.status, await refused.json()]).toMatchObject([
      413,
      { error: { type: "invalid_request_error", message: expect.any(String) } },
    ]);
  });

  test.each<[string, unknown]>([
    ["null among the messages", [null]],
    ["a text for a message", ["x"]],
    ["an empty assistant message", [{ role: "assistant" }]],
    ["tool calls of wrong types", [{ role: "assistant", tool_calls: [null, 5, {}, { id: 5 }] }]],
    ["tool calls that are not a list", [{ role: "assistant", tool_calls: { id: "x" } }]],
    ["an unknown role", [{ role: "robot", content: "x" }]],
    ["__proto__", JSON.parse('[{"role":"user","content":"x","__proto__":{"role":"x"}}]')],
  ])("%s: the gateway answers or refuses, and keeps running", async (_, messages) => {
    const one = await upstream(saying("Hi"));
    const running = await gateway([provider("one", one.url)], `models: { fast: { targets: ["one:m-1"] } }`);
    for (const stream of [false, true]) {
      const response = await post(running, { ...hello, messages, stream });
      expect([200, 400]).toContain(response.status);
      await response.text();
    }
    expect((await post(running)).status).toBe(200);
  });

  test("extreme nesting is refused, and the gateway keeps running", async () => {
    const one = await upstream(saying("Hi"));
    const running = await gateway([provider("one", one.url)], `models: { fast: { targets: ["one:m-1"] } }`);
    for (const depth of [100, 20_000]) {
      const content = "[".repeat(depth) + "]".repeat(depth);
      const response = await post(running, `{"model":"fast","messages":[{"role":"user","content":${content}}]}`);
      expect(response.status).toBe(depth === 100 ? 200 : 400);
    }
    expect((await post(running)).status).toBe(200);
  });

  test("an endpoint's long id and model are not repeated in every chunk", async () => {
    const long = "x".repeat(100_000);
    const one = await upstream(
      streaming(
        ...[{ role: "assistant" }, { content: "a" }, { content: "b" }].map((part) =>
          delta(part, { id: long, model: long }),
        ),
        finish(),
        done,
      ),
    );
    const running = await gateway([provider("one", one.url)], `models: { fast: { targets: ["one:m-1"] } }`);
    const { chunks, text } = await chunksOf(await post(running, { ...hello, stream: true }));
    expect([contentOf(chunks), text.length < 5000, chunks[0].model]).toEqual(["ab", true, "m-1"]);
  });

  test.each(["gzip", "br", "deflate"] as const)("an answer compressed with %s can be read", async (encoding) => {
    const compress = { gzip: gzipSync, br: brotliCompressSync, deflate: deflateSync }[encoding];
    const text = delta({ content: "packed" }) + finish() + done;
    const one = await upstream((response) => {
      response.writeHead(200, { "content-type": "text/event-stream", "content-encoding": encoding });
      response.end(compress(text));
    });
    const broken = await upstream((response) => {
      response.writeHead(200, { "content-type": "text/event-stream", "content-encoding": encoding });
      response.end("this is not compressed");
    });
    const running = await gateway(
      [provider("one", broken.url), provider("two", one.url)],
      `models: { fast: { targets: ["one:m-1", "two:m-1"] } }`,
    );
    expect(await (await post(running)).json()).toMatchObject({ choices: [{ message: { content: "packed" } }] });
  });

  test("a keep-alive connection that the endpoint closed causes no failure", async () => {
    let sockets = 0;
    const answers = saying("Hi");
    const one = await upstream(async (response, received) => {
      sockets++;
      await answers(response, received);
      // Some proxies close connections without notice.
      setTimeout(() => response.socket?.destroy(), 1);
    });
    const running = await gateway([provider("one", one.url)], `models: { fast: { targets: ["one:m-1"] } }\nrounds: 1`);
    for (let i = 0; i < 20; i++) {
      expect((await post(running)).status).toBe(200);
      await new Promise((resolve) => setTimeout(resolve, i % 4));
    }
    expect(sockets).toBeGreaterThanOrEqual(20);
  });

  test("names of Object's own properties are not models", async () => {
    const one = await upstream(saying("Hi"));
    const running = await gateway([provider("one", one.url)], `models: { fast: { targets: ["one:m-1"] } }`);
    for (const model of ["__proto__", "constructor", "toString"])
      expect((await post(running, { ...hello, model })).status).toBe(404);
    expect((await fetch(`${running.url}/v1/models/constructor`)).status).toBe(404);
  });

  test("dropped parameters are reported in a header", async () => {
    const one = await upstream(saying("Hi"));
    const running = await gateway(
      [provider("one", one.url, { parameters: { seed: { rejected: 400, source: "docs" } } })],
      `models: { fast: { targets: ["one:m-1"] } }`,
    );
    for (const stream of [false, true]) {
      const response = await post(running, { ...hello, stream, logprobs: true, seed: 1 });
      expect(response.headers.get("x-llm-provider-dropped")).toMatch(/^logprobs=.*; seed=/);
      await response.text();
    }
    expect(one.requests[0]!.body).not.toHaveProperty("logprobs");
  });
});

test("the log keeps the last 200 requests, without content and keys", async () => {
  const one = await upstream(saying("secret answer"));
  const running = await gateway([provider("one", one.url)], `models: { fast: { targets: ["one:m-1"] } }`);
  await Promise.all(
    Array.from({ length: 210 }, () =>
      post(running, { ...hello, messages: [{ role: "user", content: "secret question" }] }).then((response) =>
        response.text(),
      ),
    ),
  );
  const text = await (await fetch(`${running.url}/log`)).text();
  expect(text).not.toMatch(new RegExp(`secret|${canary.slice(10, 18)}`));
  expect((JSON.parse(text) as { requests: object[] }).requests).toHaveLength(200);
});
