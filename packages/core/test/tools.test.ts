import {
  defineTool,
  type Message,
  ProviderError,
  runTools,
  type Tool,
  type ToolContext,
  type ToolDefinition,
  type ToolStep,
} from "@llm-provider/core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { acme, hello } from "./support/acme.ts";
import { completion, fakeFetch, type FakeAnswer } from "./support/fake-fetch.ts";
import { failure } from "./support/read-events.ts";

const input = z.object({ city: z.string().min(1), days: z.number().int().default(1) });
type Input = z.output<typeof input>;

const definition: ToolDefinition<Input, { degrees: number }> = {
  id: "weather",
  name: "get_weather",
  description: "Tells the weather of a city.",
  docs: "https://weather.example/docs",
  input,
  auth: "none",
  execute: async ({ city }) => ({ degrees: city.length }),
  toText: ({ degrees }) => `${degrees} °C`,
};

const withKey = { ...definition, auth: { env: "WEATHER_API_KEY", page: "https://weather.example/keys" } } as const;

function weather(facts: Partial<typeof definition> = {}, options = {}): Tool<Input, { degrees: number }> {
  return defineTool({ ...definition, ...facts })(options);
}

describe("defineTool", () => {
  it("creates a tool factory from a definition", () => {
    const factory = defineTool(definition);
    expect(factory.definition).toBe(definition);
    expect(factory().id).toBe("weather");
  });

  it("returns the entry for a request's tools, with the parameters of the schema", () => {
    expect(weather().spec).toEqual({
      type: "function",
      function: {
        name: "get_weather",
        description: "Tells the weather of a city.",
        parameters: {
          $schema: "http://json-schema.org/draft-07/schema#",
          type: "object",
          properties: {
            city: { type: "string", minLength: 1 },
            days: { type: "integer", default: 1, minimum: -9007199254740991, maximum: 9007199254740991 },
          },
          required: ["city"],
        },
      },
    });
  });

  it("says what to do about a schema without JSON Schema output", () => {
    const silent = { "~standard": { version: 1, vendor: "none", validate: (value: unknown) => ({ value }) } } as const;
    expect(() => weather({ input: silent as never })).toThrow(/zod 4.6/);
  });
});

describe("execute", () => {
  it("checks the input, fills in defaults and returns the typed result", async () => {
    const execute = vi.fn(definition.execute);
    expect(await weather({ execute }).execute({ city: "Oslo" })).toEqual({ degrees: 4 });
    expect(execute.mock.calls[0]![0]).toEqual({ city: "Oslo", days: 1 });
  });

  it.each([
    [{ city: "" }, /city: /],
    [{}, /city: /],
    [{ city: "Oslo", days: "two" }, /days: /],
    [null, /does not fit/],
  ])("refuses %j before any request", async (bad, message) => {
    const execute = vi.fn(definition.execute);
    const error = await failure(weather({ execute }).execute(bad));
    expect(error).toMatchObject({ code: "tool-call-invalid", provider: "weather" });
    expect(error.message).toMatch(message);
    expect(execute).not.toHaveBeenCalled();
  });

  it("gets the key from the option, a function or the environment", async () => {
    const keys: (string | undefined)[] = [];
    const execute = async (_: Input, { apiKey }: ToolContext) => (keys.push(apiKey), { degrees: 1 });
    const factory = defineTool({ ...withKey, execute });
    await factory({ apiKey: "k1" }).execute({ city: "a" });
    await factory({ apiKey: async () => "k2" }).execute({ city: "a" });
    vi.stubEnv("WEATHER_API_KEY", "k3");
    await factory().execute({ city: "a" });
    await weather({ execute }).execute({ city: "a" });
    expect(keys).toEqual(["k1", "k2", "k3", undefined]);
    vi.stubEnv("WEATHER_API_KEY", undefined);
    const error = await failure(factory().execute({ city: "a" }));
    expect(error.code).toBe("missing-key");
    expect(error.hint).toContain("WEATHER_API_KEY");
    expect(error.hint).toContain("https://weather.example/keys");
    // LibreChat passes an unset variable to an MCP server as literal text.
    vi.stubEnv("WEATHER_API_KEY", "${WEATHER_API_KEY}");
    const unfilled = await failure(factory().execute({ city: "a" }));
    expect(unfilled).toMatchObject({ code: "missing-key", message: expect.stringContaining("${WEATHER_API_KEY}") });
    vi.unstubAllEnvs();
  });

  it("passes on the given fetch, with a signal", async () => {
    const { fetch, calls } = fakeFetch({ body: "{}" });
    const execute = async (_: Input, context: ToolContext) => {
      await context.fetch("https://weather.example/now", { method: "PUT" });
      return { degrees: 1 };
    };
    await weather({ execute }, { fetch }).execute({ city: "a" });
    expect(calls).toMatchObject([
      { url: "https://weather.example/now", init: { method: "PUT", signal: expect.any(AbortSignal) } },
    ]);
  });

  it("rethrows a tool's error as a ProviderError", async () => {
    const thrown = (error: unknown) =>
      failure(weather({ execute: () => Promise.reject(error) }).execute({ city: "a" }));
    expect(await thrown(new Error("No such city"))).toMatchObject({ message: "No such city", provider: "weather" });
    expect(await thrown("words")).toMatchObject({ message: "words" });
    expect(await thrown(new TypeError("fetch failed", { cause: new Error("ECONNRESET") }))).toMatchObject({
      code: "network",
      retryable: true,
    });
    const own = new ProviderError("Slow down", {
      code: "rate-limit",
      provider: "other",
      status: 429,
      retryAfter: 7,
      retryable: true,
    });
    expect(await thrown(own)).toMatchObject({
      code: "rate-limit",
      provider: "weather",
      status: 429,
      retryAfter: 7,
      retryable: true,
    });
  });

  describe("an error of the tool's own code is tool-failed, with its cause", () => {
    const failed = (facts: Partial<typeof definition>) => failure(weather(facts).call('{"city":"Oslo"}'));
    const throws = (thrown: unknown) => () => {
      throw thrown;
    };

    it.each([
      new TypeError("x is not a function"),
      new TypeError("Cannot read properties of undefined (reading 'fetchedAt')"),
      new TypeError("The network has no node named Oslo"),
      new TypeError("Bad rates", { cause: new RangeError("too low") }),
      Object.assign(new Error("ENOENT: no such file"), { code: "ENOENT" }),
    ])("%s", async (thrown) => {
      const error = await failed({ execute: () => Promise.reject(thrown) });
      expect(error).toMatchObject({
        code: "tool-failed",
        message: thrown.message,
        provider: "weather",
        retryable: false,
      });
      expect(error.hint).toContain("`cause`");
      const cause = error.cause as Error;
      expect(cause).toBeInstanceOf(Error);
      expect([cause.name, cause.message, cause.stack]).toEqual([thrown.name, thrown.message, thrown.stack]);
      expect(String(cause.cause)).toBe(String(thrown.cause));
    });

    it("in a synchronous execute, in toText and in the schema", async () => {
      const bug = new RangeError("A bug");
      const schema = { ...definition.input, "~standard": { ...definition.input["~standard"], validate: throws(bug) } };
      for (const facts of [{ execute: throws(bug) }, { toText: throws(bug) }, { input: schema as never }]) {
        expect(await failed(facts)).toMatchObject({
          code: "tool-failed",
          message: "A bug",
          cause: { name: "RangeError" },
        });
      }
    });

    it("even if it is not an Error", async () => {
      const thrown = (value: unknown) => failed({ execute: () => Promise.reject(value) });
      expect(await thrown("words")).toMatchObject({ code: "tool-failed", message: "words", cause: "words" });
      expect(await thrown({ status: 4 })).toMatchObject({ message: '{"status":4}', cause: '{"status":4}' });
      expect(await thrown(new Error(""))).toMatchObject({ message: "The tool weather failed." });
      expect(await thrown(undefined)).toMatchObject({ code: "tool-failed" });
      const round: { self?: unknown } = {};
      round.self = round;
      expect(await thrown(round)).toMatchObject({ code: "tool-failed", message: "The tool weather failed." });
      const endless = new Error("endless");
      endless.cause = endless;
      expect(await thrown(endless)).toMatchObject({ code: "tool-failed", message: "endless" });
    });

    it("but a ProviderError of the tool keeps its own cause", async () => {
      const cause = new Error("Because");
      const own = new ProviderError("Down", { code: "server", provider: "x", cause });
      expect(await failed({ execute: () => Promise.reject(own) })).toMatchObject({
        code: "server",
        cause: { message: "Because" },
      });
    });
  });

  describe("limits its time", () => {
    beforeEach(() => void vi.useFakeTimers());
    afterEach(() => void vi.useRealTimers());

    it("by timeout, 60 s by default, even if the tool ignores its signal", async () => {
      let signal: AbortSignal | undefined;
      const execute = (_: Input, context: ToolContext) => {
        ({ signal } = context);
        return new Promise<never>(() => {});
      };
      const slow = failure(weather({ execute }, { timeout: 100 }).execute({ city: "a" }));
      await vi.advanceTimersByTimeAsync(100);
      expect((await slow).code).toBe("timeout");
      expect(signal?.aborted).toBe(true);
      const usual = failure(weather({ execute }).execute({ city: "a" }));
      await vi.advanceTimersByTimeAsync(59_999);
      expect(vi.getTimerCount()).toBe(1);
      await vi.advanceTimersByTimeAsync(1);
      expect((await usual).code).toBe("timeout");
    });

    it("by the caller's signal, before and during the call", async () => {
      const execute = vi.fn(() => new Promise<never>(() => {}));
      expect((await failure(weather({ execute }).execute({ city: "a" }, { signal: AbortSignal.abort() }))).code).toBe(
        "aborted",
      );
      expect(execute).not.toHaveBeenCalled();
      const controller = new AbortController();
      const waiting = failure(weather({ execute }).execute({ city: "a" }, { signal: controller.signal }));
      await vi.advanceTimersByTimeAsync(1);
      controller.abort();
      expect((await waiting).code).toBe("aborted");
      expect(vi.getTimerCount()).toBe(0);
    });
  });
});

describe("call", () => {
  it("accepts the raw text of a call's arguments and returns text", async () => {
    expect(await weather().call('{"city":"Oslo"}')).toBe("4 °C");
  });

  it("reads missing arguments as an empty object", async () => {
    const none = defineTool({ ...definition, input: z.object({}), execute: async () => ({ degrees: 1 }) })();
    for (const text of ["", "  ", "{}"]) expect(await none.call(text)).toBe("1 °C");
  });

  it("says what is wrong with arguments that are not valid JSON", async () => {
    expect(await failure(weather().call('{"city":'))).toMatchObject({ code: "tool-call-invalid" });
  });

  it("limits the text to maxCharacters and passes it to toText", async () => {
    const toText = vi.fn(() => "x".repeat(50_000));
    expect(await weather({ toText }).call('{"city":"a"}')).toHaveLength(20_000);
    const short = await weather({ toText }, { maxCharacters: 10 }).call('{"city":"a"}');
    expect(short).toBe("xxxxxxxxx…");
    expect(toText.mock.calls.at(-1)).toEqual([{ degrees: 1 }, { maxCharacters: 10 }]);
  });
});

describe("runTools", () => {
  const calling = (...calls: [id: string, name: string, text: string][]): FakeAnswer => {
    const tool_calls = calls.map(([id, name, text]) => ({ id, type: "function", function: { name, arguments: text } }));
    return { body: JSON.stringify(completion({ content: null, reasoning_content: "Hm", tool_calls }, "tool_calls")) };
  };
  const answering: FakeAnswer = { body: JSON.stringify(completion({ content: "Cold." })) };
  const bodies = (calls: { init: RequestInit }[]) =>
    calls.map(
      ({ init }) =>
        JSON.parse(init.body as string) as { messages: Message[]; tools?: { function: { name: string } }[] },
    );

  it("sends the request, runs the calls, returns their results and reports every step", async () => {
    const { fetch, calls } = fakeFetch(
      calling(["a1", "get_weather", '{"city":"Oslo"}']),
      calling(["a2", "get_weather", '{"city":"Rome!"}']),
      answering,
    );
    const steps: ToolStep[] = [];
    const request = { ...hello, temperature: 0 };
    const result = await runTools(acme({}, { fetch }), request, [weather()], { onStep: (step) => steps.push(step) });
    expect(result).toMatchObject({ text: "Cold.", stopped: false });
    expect(result.steps).toEqual(steps);
    expect(steps.map(({ outputs }) => outputs.map(({ text, isError }) => [text, isError]))).toEqual([
      [["4 °C", false]],
      [["5 °C", false]],
      [],
    ]);
    expect(bodies(calls)[2]).toMatchObject({
      temperature: 0,
      tools: [{ function: { name: "get_weather" } }],
      messages: [
        { role: "user" },
        { role: "assistant", tool_calls: [{ id: "a1" }] },
        { role: "tool", tool_call_id: "a1", content: "4 °C" },
        { role: "assistant", tool_calls: [{ id: "a2" }] },
        { role: "tool", tool_call_id: "a2", content: "5 °C" },
      ],
    });
    expect(result.messages.map(({ role }) => role).join(" ")).toBe("user assistant tool assistant tool assistant");
    expect(request.messages).toHaveLength(1);
  });

  it("stops at the limit with unanswered calls", async () => {
    const execute = vi.fn(definition.execute);
    const { fetch, calls } = fakeFetch(calling(["a1", "get_weather", '{"city":"Oslo"}']));
    const result = await runTools(acme({}, { fetch }), hello, [weather({ execute })], { maxSteps: 3 });
    expect(result).toMatchObject({ stopped: true, finishReason: "tool-calls" });
    expect(result.steps).toHaveLength(3);
    expect(calls).toHaveLength(3);
    expect(execute).toHaveBeenCalledTimes(2);
    expect((await runTools(acme({}, { fetch }), hello, [weather()])).steps).toHaveLength(8);
  });

  it.each<[string, [string, string, string], RegExp]>([
    ["a tool that throws", ["a1", "breaks", "{}"], /^It broke\.$/],
    ["an unknown name", ["a1", "toString", "{}"], /no tool named toString.*breaks, get_weather/],
    [
      "arguments that are not valid JSON",
      ["a1", "get_weather", '{"city":'],
      /not JSON\. Call the tool again with one JSON object\.$/,
    ],
    ["arguments that do not match the schema", ["a1", "get_weather", '{"town":"Oslo"}'], /city/],
  ])("makes a tool message of %s", async (_, call, message) => {
    const breaks = weather({
      name: "breaks",
      input: z.object({}) as never,
      execute: () => Promise.reject(new Error("It broke")),
    });
    const { fetch, calls } = fakeFetch(calling(call), answering);
    const result = await runTools(acme({}, { fetch }), hello, [breaks, weather()]);
    expect(result.text).toBe("Cold.");
    expect(result.steps[0]!.outputs).toMatchObject([{ isError: true, toolCall: { id: "a1" } }]);
    const sent = bodies(calls)[1]!.messages.at(-1)!;
    expect(sent).toMatchObject({ role: "tool", tool_call_id: "a1" });
    expect(sent.content).toMatch(message);
  });

  it("sends the model only the message of a bug in a tool", async () => {
    const bug = new TypeError("x is not a function", { cause: new Error("inside") });
    const { fetch, calls } = fakeFetch(calling(["a1", "get_weather", '{"city":"Oslo"}']), answering);
    await runTools(acme({}, { fetch }), hello, [weather({ execute: () => Promise.reject(bug) })]);
    expect(bodies(calls)[1]!.messages.at(-1)).toMatchObject({ role: "tool", content: "x is not a function." });
  });

  it("runs the calls of a step in sequence, or in parallel if requested, and keeps their order", async () => {
    for (const parallel of [false, true]) {
      let running = 0;
      let most = 0;
      const execute = async ({ city }: Input) => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, city === "slow" ? 10 : 1));
        running--;
        return { degrees: city.length };
      };
      const three = calling(
        ["a1", "get_weather", '{"city":"slow"}'],
        ["a2", "nothing", "{}"],
        ["a3", "get_weather", '{"city":"quick"}'],
      );
      const { fetch, calls } = fakeFetch(three, answering);
      await runTools(acme({}, { fetch }), hello, [weather({ execute })], { parallel });
      expect(most).toBe(parallel ? 2 : 1);
      expect(bodies(calls)[1]!.messages.slice(2)).toMatchObject([
        { tool_call_id: "a1", content: "4 °C" },
        { tool_call_id: "a2" },
        { tool_call_id: "a3", content: "5 °C" },
      ]);
    }
  });

  it("keeps the caller's own tools, without duplicate names, and sends no empty list", async () => {
    const own = { type: "function", function: { name: "own", parameters: {} } };
    const { fetch, calls } = fakeFetch(answering);
    const tool = weather();
    await runTools(acme({}, { fetch }), { ...hello, tools: [own, tool.spec] }, [tool]);
    await runTools(acme({}, { fetch }), hello, []);
    const [first, second] = bodies(calls);
    expect(first!.tools!.map((spec) => spec.function.name)).toEqual(["own", "get_weather"]);
    expect(second).not.toHaveProperty("tools");
  });

  it("rethrows the provider's error", async () => {
    const { fetch } = fakeFetch(calling(["a1", "get_weather", '{"city":"a"}']), { status: 401 });
    expect((await failure(runTools(acme({}, { fetch }), hello, [weather()]))).code).toBe("invalid-key");
  });

  it.each([false, true])("ends when the signal aborts, even while a tool runs (parallel: %s)", async (parallel) => {
    const controller = new AbortController();
    const execute = () => {
      controller.abort();
      return new Promise<never>(() => {});
    };
    const two = calling(["a1", "get_weather", '{"city":"a"}'], ["a2", "get_weather", '{"city":"b"}']);
    const { fetch, calls } = fakeFetch(two, answering);
    const error = await failure(
      runTools(acme({}, { fetch }), hello, [weather({ execute })], { signal: controller.signal, parallel }),
    );
    expect(error.code).toBe("aborted");
    expect(calls).toHaveLength(1);
  });
});

// A self-hosted server may need no key.
describe("an optional key", () => {
  const seen: (string | undefined)[] = [];
  const look = defineTool<object, string>({
    id: "look",
    name: "look",
    description: "Looks.",
    docs: "https://look.example",
    baseURL: "https://look.example",
    input: z.object({}),
    auth: { env: "OPTIONAL_LOOK_API_KEY", page: "https://look.example/keys", optional: true },
    execute: async (_, { apiKey }) => {
      seen.push(apiKey);
      return "seen";
    },
    toText: (text) => text,
  });
  afterEach(() => {
    seen.length = 0;
    vi.unstubAllEnvs();
  });

  it.each([[undefined], [""], ["${OPTIONAL_LOOK_API_KEY}"]])("is left out if the variable is %j", async (value) => {
    vi.stubEnv("OPTIONAL_LOOK_API_KEY", value);
    expect(await look().execute({})).toBe("seen");
    expect(seen).toEqual([undefined]);
  });

  it("is used if it is set, and never sent over plain http", async () => {
    vi.stubEnv("OPTIONAL_LOOK_API_KEY", "canary-key-55aa77cc99ee");
    expect(await look().execute({})).toBe("seen");
    expect(seen).toEqual(["canary-key-55aa77cc99ee"]);
    const error = await look({ baseURL: "http://look.lan" })
      .execute({})
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      code: "invalid-request",
      message: expect.stringContaining("is http on another host"),
    });
    expect(seen).toHaveLength(1);
    expect(await look({ baseURL: "http://look.lan", apiKey: "" }).execute({})).toBe("seen");
  });
});
