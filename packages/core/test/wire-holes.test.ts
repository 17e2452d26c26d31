import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { ProviderError, type ProviderOptions } from "@llm-provider/core";
import { describe, expect, it } from "vitest";
import { acme, canary, hello } from "./support/acme.ts";
import { completion, delta, done, type FakeAnswer, fakeFetch, finish, sse } from "./support/fake-fetch.ts";
import { underFakeClock } from "./support/fake-clock.ts";
import { failure } from "./support/read-events.ts";
import { ask, type Outcome } from "./support/wire-case.ts";

const soon = 2000;
const deep = (levels: number): string => `${"[".repeat(levels)}${"]".repeat(levels)}`;

/** Reads the answer with chat, with a loop and with `result`, each within two seconds. */
async function everyWay(answer: FakeAnswer, facts: Parameters<typeof acme>[0] = {}): Promise<Outcome[]> {
  const client = () => acme(facts, { ...fakeFetch(answer), maxRetries: 0 });
  const byResult = async (): Promise<Outcome> => {
    const outcome = { events: [], ms: 0, isLate: false };
    try {
      return { ...outcome, result: await client().stream(hello).result };
    } catch (error) {
      return { ...outcome, error };
    }
  };
  return Promise.all([ask(client(), "chat", hello), ask(client(), "stream", hello), byResult()].map(within));
}

function within<T>(promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout>;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No outcome within ${soon} ms.`)), soon);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** A client of an endpoint that has sent headers and keeps the body open. */
const held = (options: ProviderOptions, answer: FakeAnswer) =>
  acme({}, { ...fakeFetch(answer), maxRetries: 0, ...options });

describe("unexpected depth or types in any field", () => {
  const answer = '"choices":[{"index":0,"message":{"content":"Hi"},"finish_reason":"stop"}]}';
  it.each([5000, 100_000])("a metadata field that is nested %i levels deep", async (levels) => {
    const body = `{"system_fingerprint":${deep(levels)},${answer}`;
    for (const { result, error } of await everyWay({ body }, { metadata: ["system_fingerprint"] })) {
      if (error) throw error;
      expect(result!.text).toBe("Hi");
      expect(JSON.stringify(result!.metadata).length).toBeLessThan(1000);
    }
  });

  it.each([
    ["reasoning_details", `"reasoning_details":[{"type":"x","data":${deep(5000)}}]`],
    [
      "a call's unknown field",
      `"tool_calls":[{"id":"a","function":{"name":"f","arguments":"{}"},"extra_content":${deep(5000)}}]`,
    ],
    ["a call's arguments", `"tool_calls":[{"id":"a","function":{"name":"f","arguments":${deep(5000)}}}]`],
    ["thinking_blocks", `"thinking_blocks":${deep(5000)}`],
    ["content", `"content":${deep(5000)}`],
    ["usage", `"content":"Hi"},"usage":{"prompt_tokens":${deep(5000)}`],
  ])("%s, nested 5,000 levels deep", async (_, fields) => {
    const body = `{"id":"c1","choices":[{"index":0,"message":{${fields}},"finish_reason":"stop"}]}`;
    for (const { error } of await everyWay({ body }))
      expect(error === undefined || ProviderError.is(error), String(error)).toBe(true);
  });

  const thinking = (value: unknown) => ({ content: [{ type: "thinking", thinking: value }] });
  it.each([
    ["a thinking part that contains null", [thinking([null]), thinking([null])]],
    [
      "a thinking part whose text has no toString",
      [thinking([{ text: { toString: null } }]), thinking([{ text: { toString: null } }])],
    ],
    ["malformed details", [{ reasoning_details: [null, 1, { text: { toString: null } }] }]],
    ["malformed calls", [{ tool_calls: [null, 1, [], { function: 1 }] }]],
    ["malformed images", [{ images: [null, 1, {}, { image_url: null }] }]],
  ])("%s", async (_, deltas) => {
    const body = sse(...deltas.map((fields) => delta(fields)), delta({ content: "Hi" }), finish(), done);
    for (const { error } of await everyWay({ body }))
      expect(error === undefined || ProviderError.is(error), String(error)).toBe(true);
  });
});

describe("an error body that cannot be converted to text", () => {
  const texts = [{ loc: [{ toString: null }], msg: "m" }];
  it.each([
    [200, "invalid-response"],
    [422, "invalid-request"],
  ])("is a ProviderError with status %i", async (status, code) => {
    for (const error of [
      { message: texts },
      { message: { toString: null }, code: { toString: null } },
      { code: deep(3000) },
    ]) {
      for (const outcome of await everyWay({ status, body: JSON.stringify({ error }) })) {
        const thrown = outcome.error as ProviderError;
        expect(thrown).toSatisfy(ProviderError.is);
        expect(thrown).toMatchObject({ status, retryable: false });
        if (status === 422) expect(thrown.code).toBe(code);
      }
    }
  });

  it("still matches a rule and fills its hint", async () => {
    const rule = {
      body: { "error.message": /m/ },
      code: "quota",
      hint: "See {error.message.0.loc}",
      source: "docs",
    } as const;
    const body = JSON.stringify({ error: { message: texts } });
    for (const { error } of await everyWay({ status: 422, body }, { errors: [rule] }))
      expect(error).toMatchObject({ status: 422, code: "quota" });
  });
});

describe("a pattern never runs on long text", () => {
  /**
   * The milliseconds that a pattern may take: ten times its current time for 8 KiB on this machine. The whole text would take 200
   * times as long.
   */
  function bound(pattern: RegExp): number {
    const began = performance.now();
    pattern.test("a".repeat(8 * 1024));
    return 200 + 10 * (performance.now() - began);
  }

  it("sees at most 8 KiB of a body", async () => {
    const rule = { body: { "error.message": /a+b.*c+d/ }, code: "quota", hint: "x", source: "docs" } as const;
    const body = JSON.stringify({ error: { message: "a".repeat(120_000) } });
    const most = bound(/a+b.*c+d/);
    const began = performance.now();
    const error = await failure(
      acme({ errors: [rule] }, { ...fakeFetch({ status: 400, body }), maxRetries: 0 }).chat(hello),
    );
    expect(performance.now() - began).toBeLessThan(most);
    expect(error.code).toBe("invalid-request");
  });

  it("sees at most 8 KiB in `limits.waitText`", async () => {
    const limits = { waitText: /(a+)b.*wait/ };
    const body = JSON.stringify({ error: { message: "a".repeat(120_000) } });
    const most = bound(limits.waitText);
    const began = performance.now();
    await failure(acme({ limits }, { ...fakeFetch({ status: 400, body }), maxRetries: 0 }).chat(hello));
    expect(performance.now() - began).toBeLessThan(most);
  });
});

describe("endless bodies", () => {
  it("are refused after 16 MiB of `data:` lines without a blank line", async () => {
    const piece = new TextEncoder().encode("data: {},\n".repeat(100_000));
    let read = 0;
    const fetch = async () =>
      new Response(
        new ReadableStream(
          { pull: (controller) => void ((read += piece.length), controller.enqueue(piece)) },
          { highWaterMark: 0 },
        ),
      );
    const began = performance.now();
    const error = await failure(acme({}, { fetch, maxRetries: 0 }).chat(hello));
    expect(error.code).toBe("invalid-response");
    // The limit counts only the data, not the field names.
    expect(read).toBeLessThan(48 * 1024 * 1024);
    expect(performance.now() - began).toBeLessThan(5000);
  });

  it("may have 4 MB of empty `data:` lines, which are read in linear time", async () => {
    const began = performance.now();
    const { error } = await ask(
      acme({}, { ...fakeFetch({ body: "data:\n".repeat(700_000) }), maxRetries: 0 }),
      "stream",
      hello,
    );
    expect(error).toSatisfy(ProviderError.is);
    expect(performance.now() - began).toBeLessThan(1000);
  });

  it.each(["chat", "models"] as const)(
    "are read or refused within two seconds for 20 MB of small objects, in %s",
    async (way) => {
      const body = `[${"{},".repeat(7_000_000)}{}]`;
      const began = performance.now();
      const client = acme({}, { ...fakeFetch({ body }), maxRetries: 0 });
      await (way === "chat" ? client.chat(hello) : client.models()).catch((error: unknown) =>
        expect(error).toSatisfy(ProviderError.is),
      );
      expect(performance.now() - began).toBeLessThan(soon);
    },
  );
});

describe("other attacks", () => {
  it("`timeout` limits an error body that arrives slowly", async () => {
    const answer: FakeAnswer = { status: 500, body: ["{"], ending: "hang", heartbeat: " " };
    const { value, ms, isLate } = await underFakeClock((signal) =>
      ask(held({ timeout: 1000 }, answer), "chat", hello, signal),
    );
    expect({ isLate, isProviderError: ProviderError.is(value.error) }).toEqual({
      isLate: false,
      isProviderError: true,
    });
    expect(value.error).toMatchObject({ status: 500 });
    expect(ms).toBeLessThan(2500);
  });

  it.each(["chat", "stream"] as const)("an `onAttempt` that throws leaks no body and no timer, in %s", async (how) => {
    let isCancelled = false;
    const answer: FakeAnswer = {
      body: [sse(delta({ content: "Hi" }))],
      ending: "hang",
      onCancel: () => (isCancelled = true),
    };
    const before = timers();
    const controller = new AbortController();
    const onAttempt = (): never => {
      throw new Error("from the observer");
    };
    const body: FakeAnswer = how === "chat" ? { body: sse(delta({ content: "Hi" }), finish(), done) } : answer;
    const asked = ask(held({ onAttempt }, body), how, hello, controller.signal);
    setTimeout(() => controller.abort(), 100);
    const { error } = await asked;
    expect(error === undefined || ProviderError.is(error), String(error)).toBe(true);
    if (how === "stream") expect(isCancelled).toBe(true);
    expect(timers()).toBeLessThanOrEqual(before + 1);
  });

  it("the process can end after [DONE] on an open connection", async () => {
    const server = createServer((_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(
        sse(delta({ content: "Hi" }), finish("stop", { usage: { prompt_tokens: 1, completion_tokens: 1 } }), done),
      );
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const script = `
      import { chatCompletions, defineProvider } from "@llm-provider/core";
      const at = ["https://example.com", "2026-11-28"];
      const local = defineProvider({ id: "local", name: "Local", docs: at[0], baseURL: "http://127.0.0.1:${port}", auth: "none",
        dialect: chatCompletions(), models: { any: { source: at } }, smallModel: "any" });
      await local().stream({ model: "any", messages: [] }).result;
      const began = performance.now();
      process.on("exit", () => console.log(Math.round(performance.now() - began)));`;
    const lasted = await new Promise<number>((resolve, reject) => {
      const cwd = new URL("..", import.meta.url);
      execFile(process.execPath, ["--conditions=source", "--input-type=module", "-e", script], { cwd }, (error, out) =>
        error ? reject(error) : resolve(Number(out)),
      );
    });
    server.closeAllConnections();
    server.close();
    expect(lasted).toBeLessThan(500);
  });

  it("a `toJSON` that throws does not leak a key", async () => {
    const request = { ...hello, extra: { toJSON: () => expect.fail(`vault said ${canary}`) } };
    const error = await failure(acme({}, fakeFetch({ body: "" })).chat(request));
    expect(error.code).toBe("invalid-request");
    expect(JSON.stringify([error.message, error.hint, error.stack, String(error.cause)])).not.toContain(
      canary.slice(9, 20),
    );
  });

  it("an invalid header name does not leak a key", async () => {
    const error = await failure(async () => acme({}, { headers: { [`x ${canary}`]: "v" } }).chat(hello));
    expect(error.code).toBe("invalid-request");
    expect(JSON.stringify([error.message, error.hint, error.stack])).not.toContain(canary.slice(9, 20));
  });

  it("a whole answer in small pieces is read in linear time", async () => {
    const text = "x".repeat(2_000_000);
    const bytes = new TextEncoder().encode(JSON.stringify(completion({ content: text })));
    const body = Array.from({ length: Math.ceil(bytes.length / 100) }, (_, at) =>
      bytes.subarray(at * 100, at * 100 + 100),
    );
    const began = performance.now();
    const { result } = await ask(acme({}, fakeFetch({ body })), "chat", hello);
    expect(result?.text.length).toBe(text.length);
    expect(performance.now() - began).toBeLessThan(soon);
  });
});

/** Counts the timers that keep the process alive. */
function timers(): number {
  return process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
}
