import { chatCompletions, ProviderError } from "@llm-provider/core";
import { describe, expect, it } from "vitest";
import { readField } from "../src/read-field.ts";
import { acme, hello } from "./support/acme.ts";
import { completion, delta, done, fakeFetch, type Fetch, finish, sse } from "./support/fake-fetch.ts";
import { failure } from "./support/read-events.ts";
import { ask } from "./support/wire-case.ts";

/** Returns the shortest of three runs in milliseconds. */
async function fastest(run: () => Promise<unknown>): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < 3; turn++) {
    const began = performance.now();
    await run();
    best = Math.min(best, performance.now() - began);
  }
  return best;
}

describe("text that is slow for quadratic patterns is read quickly", () => {
  const asked = (answer: Parameters<typeof fakeFetch>[0]): Promise<unknown> =>
    ask(acme({}, { ...fakeFetch(answer), maxRetries: 0 }), "stream", hello);

  it.each([" ", "\t", "data:", "data: ", ":"])("an event of 1 MB of %j", async (piece) => {
    const body = sse(`data: x${piece.repeat(1_000_000 / piece.length)}x\n\n`, delta({ content: "Hi" }), finish(), done);
    expect(await fastest(() => asked({ body }))).toBeLessThan(500);
  });

  it("a reset time of 64,000 digits", async () => {
    const limits = { waitText: /wait (\d+m)/, headers: { "x-reset": { of: "tokens", is: "reset", unit: "duration" } } };
    const headers = { "x-reset": "0".repeat(64_000) + "!" };
    const run = (): Promise<unknown> =>
      failure(
        acme({ limits } as never, { ...fakeFetch({ status: 429, headers, body: "{}" }), maxRetries: 0 }).chat(hello),
      );
    expect(await fastest(run)).toBeLessThan(500);
  });

  // Core's own error patterns also see only 8 KiB of a message, like those of definitions.
  const words = ["prompt ", "input ", "request", "model ", "context ", "api key ", "tool call ", "exceeded ", "a", " "];
  it.each(words)("an error message that repeats %j", async (word) => {
    const refusal = (length: number): Promise<number> => {
      const body = JSON.stringify({ error: { message: word.repeat(length / word.length), code: word.repeat(9000) } });
      return fastest(() => asked({ status: 400, body }));
    };
    await refusal(4096);
    const [half, full] = [await refusal(4096), await refusal(8192)];
    expect(full).toBeLessThan(Math.max(3 * half, 30));
  });
});

describe("a fetch that misbehaves", () => {
  const response = (body: unknown, rest: object = {}): Fetch =>
    (async () => ({ ok: true, status: 200, headers: new Headers(), body, ...rest })) as unknown as Fetch;
  const reader = (methods: object): object => ({ getReader: () => methods });
  const boom = (): never => {
    throw new Error("boom");
  };

  it.each<[string, Fetch]>([
    ["returns no body", response(null)],
    [
      "returns a locked body",
      async () => {
        const locked = new Response("x");
        locked.body!.getReader();
        return locked;
      },
    ],
    ["returns a reader that throws, also in cancel", response(reader({ read: boom, cancel: boom }))],
    [
      "returns an error response whose cancel throws",
      response(reader({ read: boom, cancel: boom }), { ok: false, status: 403 }),
    ],
    ["returns strings instead of bytes", response(reader({ read: async () => ({ value: "data: {}" }), cancel: boom }))],
    ["returns undefined", (async () => undefined) as unknown as Fetch],
    ["rejects with a string", (() => Promise.reject("no")) as Fetch],
    ["throws at once", boom as unknown as Fetch],
  ])("that %s ends in a ProviderError", async (_, fetch) => {
    for (const how of ["chat", "stream"] as const) {
      const { error } = await ask(acme({}, { fetch, maxRetries: 0 }), how, hello);
      expect(error).toSatisfy(ProviderError.is);
    }
  });
});

describe("names of inherited properties", () => {
  it("become fields of a call and do not change a prototype", async () => {
    const call = `{"id":"__proto__","function":{"name":"constructor","arguments":"{}","__proto__":{"x":1}},"__proto__":{"x":1},"toString":"t"}`;
    const body = `{"choices":[{"index":0,"message":{"__proto__":{"x":1},"tool_calls":[${call}]},"finish_reason":"tool_calls"}],"__proto__":{"x":1}}`;
    for (const how of ["chat", "stream"] as const) {
      const { result } = await ask(acme({}, fakeFetch({ body })), how, hello);
      const [made] = result!.toolCalls;
      expect(made).toMatchObject({ id: "__proto__", name: "constructor", extra: { toString: "t" } });
      for (const one of [{}, made, made!.extra, result!.message, result!.message.tool_calls![0]!])
        expect(readField(one!, "x")).toBeUndefined();
    }
  });
});

it("data that only its author can read is sent back to no other provider", async () => {
  const secret = { thought_signature: "SIG-1" };
  const call = {
    id: "t1",
    type: "function",
    function: { name: "f", arguments: "{}", provider_specific_fields: secret },
  };
  const body = completion({ content: "Hi", extra_content: secret, reasoning_opaque: "SIG-2", tool_calls: [call] });
  const { result } = await ask(acme({}, fakeFetch({ body: JSON.stringify(body) })), "chat", hello);
  const request = { ...hello, messages: [...hello.messages, result!.message] };
  const dialect = chatCompletions({ history: "verbatim" });
  const [own, other] = ["acme", "emca"].map((id) => JSON.stringify(acme({ id, dialect }).prepare(request).body));
  expect(own!.match(/SIG-[12]/g)).toEqual(expect.arrayContaining(["SIG-1", "SIG-1", "SIG-2"]));
  expect(other).not.toContain("SIG-");
});

describe("Retry-After", () => {
  it.each(["1, 2", "0x", "-1", "NaN", "soon", ""])("ignores %j", async (value) => {
    const answer = { status: 429, headers: { "retry-after": value }, body: "{}" };
    const error = await failure(acme({}, { ...fakeFetch(answer), maxRetries: 0 }).chat(hello));
    expect(error.retryAfter).toBeUndefined();
  });

  it("may be a date", async () => {
    const answer = { status: 429, headers: { "retry-after": "Wed, 21 Oct 2099 07:28:00 GMT" }, body: "{}" };
    const error = await failure(acme({}, { ...fakeFetch(answer), maxRetries: 0 }).chat(hello));
    expect(error.retryAfter).toBeGreaterThan(1e9);
  });
});

it("a whole answer is accepted even if the connection breaks after it", async () => {
  const body = JSON.stringify(completion({ content: "Hi" }, null));
  const { result } = await ask(acme({}, fakeFetch({ body, ending: new TypeError("terminated") })), "chat", hello);
  expect(result?.text).toBe("Hi");
});
