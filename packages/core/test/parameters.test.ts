import { type Change, type ChatRequest, type Definition, type ParameterRule, ProviderError } from "@llm-provider/core";
import { describe, expect, it } from "vitest";
import { acme, hello } from "./support/acme.ts";
import { fakeFetch } from "./support/fake-fetch.ts";
import { failure } from "./support/read-events.ts";

const source = "docs";
const page = "https://acme.example/docs/parameters";

type Rules = NonNullable<Definition["parameters"]>;

/** Returns the body and the changes of a request with these parameters under these rules. */
function prepare(rules: Rules, parameters: object, facts: Partial<Definition> = {}) {
  const { body, changes } = acme({ parameters: rules, ...facts }).prepare({ ...hello, ...parameters });
  const { model: _, messages: _2, stream: _3, ...rest } = body;
  return { body: rest, changes };
}

function brief(changes: readonly Change[]): string[] {
  return changes.map(({ parameter, action }) => `${parameter} ${action}`);
}

function refusal(rules: Rules, parameters: object, options = {}): ProviderError {
  try {
    acme({ parameters: rules }, options).prepare({ ...hello, ...parameters });
  } catch (error) {
    expect(ProviderError.is(error)).toBe(true);
    return error as ProviderError;
  }
  return expect.fail("It was not refused.");
}

describe("a rule", () => {
  // The reason is describeRule's sentence: each fact has one reader.
  it("with rejected drops a tuning parameter and reports it with its source", () => {
    const { body, changes } = prepare({ seed: { rejected: 400, source } }, { seed: 7, top_p: 0.5 });
    expect(body).toEqual({ top_p: 0.5 });
    expect(changes).toEqual([
      {
        parameter: "seed",
        action: "dropped",
        from: 7,
        reason: "Acme: `seed` is rejected with HTTP 400, so it is left out.",
        source: page,
      },
    ]);
  });

  it("with ignored sends the parameter and reports it", () => {
    const { body, changes } = prepare({ seed: { ignored: true, source } }, { seed: 7 });
    expect(body).toEqual({ seed: 7 });
    expect(changes).toMatchObject([{ parameter: "seed", action: "ignored", from: 7, source: page }]);
  });

  it("with renamed sends the parameter under the other name", () => {
    const { body, changes } = prepare({ seed: { renamed: "random_seed", source } }, { seed: 7 });
    expect(body).toEqual({ random_seed: 7 });
    expect(changes).toMatchObject([{ parameter: "seed", action: "renamed", from: "seed", to: "random_seed" }]);
  });

  it.each([
    [3, 2],
    [-1, 0],
    [Infinity, 2],
    [-Infinity, 0],
  ])("with a range clamps %d to %d", (value, clamped) => {
    const { body, changes } = prepare({ temperature: { range: [0, 2], source } }, { temperature: value });
    expect(body).toEqual({ temperature: clamped });
    expect(changes).toMatchObject([{ parameter: "temperature", action: "clamped", from: value, to: clamped }]);
  });

  it.each([0, 2, 0.7, null, "1"])("with a range keeps %j", (value) => {
    const { body, changes } = prepare({ temperature: { range: [0, 2], source } }, { temperature: value });
    expect(body).toEqual({ temperature: value });
    expect(changes).toEqual([]);
  });

  it("with values maps the listed values and passes others", () => {
    const rules: Rules = { reasoning_effort: { values: { minimal: "low", true: "high", '{"a":1}': 2 }, source } };
    expect(prepare(rules, { reasoning_effort: "minimal" })).toMatchObject({
      body: { reasoning_effort: "low" },
      changes: [{ parameter: "reasoning_effort", action: "mapped", from: "minimal", to: "low", source: page }],
    });
    expect(prepare(rules, { reasoning_effort: true }).body).toEqual({ reasoning_effort: "high" });
    expect(prepare(rules, { reasoning_effort: { a: 1 } }).body).toEqual({ reasoning_effort: 2 });
    expect(prepare(rules, { reasoning_effort: "enormous" })).toEqual({
      body: { reasoning_effort: "enormous" },
      changes: [],
    });
    expect(prepare(rules, { reasoning_effort: "toString" }).changes).toEqual([]);
  });

  it("with conflictsWith drops its own parameter on a conflict", () => {
    const rules: Rules = { include_reasoning: { conflictsWith: ["reasoning_format", "reasoning"], source } };
    expect(prepare(rules, { include_reasoning: true, reasoning_format: "raw" })).toMatchObject({
      body: { reasoning_format: "raw" },
      changes: [{ parameter: "include_reasoning", action: "dropped", from: true }],
    });
    for (const absent of [null, undefined]) {
      const { body, changes } = prepare(rules, { include_reasoning: true, reasoning_format: absent });
      expect(body["include_reasoning"]).toBe(true);
      expect(changes).toEqual([]);
    }
  });
});

describe("rules of one parameter", () => {
  it("apply in the order conflictsWith, rejected, renamed, values, range, whatever their order in the definition", () => {
    const all: ParameterRule[] = [
      { range: [1, 10], source },
      { values: { big: 100 }, source },
      { renamed: "limit", source },
      { rejected: 400, when: { strict: true }, source },
      { conflictsWith: ["rival"], source },
    ];
    expect(prepare({ size: all }, { size: "big" })).toMatchObject({ body: { limit: 10 } });
    expect(brief(prepare({ size: all }, { size: "big" }).changes)).toEqual([
      "size renamed",
      "size mapped",
      "size clamped",
    ]);
    expect(prepare({ size: all }, { size: 5, strict: true, rival: 1 }).changes[0]!.reason).toContain("`rival`");
    expect(prepare({ size: all }, { size: 5, strict: true }).changes[0]!.reason).toContain("HTTP 400");
  });

  it("apply the first of each kind whose models and when match", () => {
    const rules: Rules = {
      temperature: [
        { range: [0, 1], models: ["acme-1"], source },
        { range: [0, 1.5], when: { mode: "safe" }, source },
        { range: [0, 2], source },
        { range: [0, 0], source },
      ],
    };
    expect(prepare(rules, { temperature: 9, model: "acme-1" }).body).toEqual({ temperature: 1 });
    expect(prepare(rules, { temperature: 9, mode: "safe" }).body).toMatchObject({ temperature: 1.5 });
    expect(prepare(rules, { temperature: 9 }).body).toEqual({ temperature: 2 });
  });

  it("see the caller's request, not the changes of other rules", () => {
    const rules: Rules = {
      thinking: { rejected: 400, source },
      temperature: { rejected: 400, when: { thinking: "on" }, source },
      seed: { conflictsWith: ["thinking"], source },
    };
    const { body, changes } = prepare(rules, { thinking: "on", temperature: 1, seed: 1 });
    expect(body).toEqual({});
    expect(brief(changes)).toEqual(["thinking dropped", "temperature dropped", "seed dropped"]);
  });
});

describe("models and when", () => {
  const applies = (rule: object, request: object): boolean =>
    prepare({ seed: { ...rule, rejected: 400, source } as ParameterRule }, { seed: 1, ...request }).changes.length > 0;

  it("accept a list or a pattern of models", () => {
    expect(applies({ models: ["acme-2"] }, {})).toBe(true);
    expect(applies({ models: ["acme"] }, {})).toBe(false);
    expect(applies({ models: /^acme-\d$/ }, {})).toBe(true);
    expect(applies({ models: /other/ }, {})).toBe(false);
    const sticky = /acme/g;
    expect([applies({ models: sticky }, {}), applies({ models: sticky }, {})]).toEqual([true, true]);
  });

  it("match absent or null with null, so that a rule can cover the default", () => {
    const when = { "thinking.type": ["enabled", null] };
    expect(applies({ when }, {})).toBe(true);
    expect(applies({ when }, { thinking: null })).toBe(true);
    expect(applies({ when }, { thinking: {} })).toBe(true);
    expect(applies({ when }, { thinking: { type: null } })).toBe(true);
    expect(applies({ when }, { thinking: { type: "enabled" } })).toBe(true);
    expect(applies({ when }, { thinking: { type: "disabled" } })).toBe(false);
    expect(applies({ when: { "thinking.type": null } }, { thinking: { type: "enabled" } })).toBe(false);
  });

  it("require all paths to match, and follow them into lists and objects", () => {
    expect(applies({ when: { a: 1, b: 2 } }, { a: 1 })).toBe(false);
    expect(applies({ when: { a: 1, b: 2 } }, { a: 1, b: 2 })).toBe(true);
    expect(applies({ when: { "tools.0.type": "function" } }, { tools: [{ type: "function" }] })).toBe(true);
    expect(applies({ when: { "a.b": { c: 1 } } }, { a: { b: { c: 1 } } })).toBe(true);
    expect(applies({ when: { "a.constructor.name": "Object" } }, { a: {} })).toBe(false);
    expect(applies({ when: { "a.length": 1 } }, { a: "x" })).toBe(false);
  });
});

describe("an essential parameter", () => {
  const rejected = { rejected: 400, source } as const;

  it.each([
    ["tools", [{ type: "function" }]],
    ["tool_choice", "required"],
    ["tool_choice", "none"],
    ["tool_choice", { type: "function", function: { name: "x" } }],
    ["response_format", { type: "json_schema", json_schema: { schema: {} } }],
    ["response_format", { type: "json_object", schema: { type: "object" } }],
    ["n", 2],
    ["modalities", ["audio"]],
  ])("is refused, never dropped: %s %j", async (name, value) => {
    const error = refusal({ [name]: rejected }, { [name]: value });
    expect(error).toMatchObject({ code: "unsupported-parameter", provider: "acme", model: "acme-2", retryable: false });
    expect(error.message).toContain(`\`${name}\``);
    expect(error.hint).toContain(page);

    const { fetch, calls } = fakeFetch(new Error("A request was sent."));
    const provider = acme({ parameters: { [name]: rejected } }, { fetch });
    expect((await failure(provider.chat({ ...hello, [name]: value }))).code).toBe("unsupported-parameter");
    expect((await failure(provider.stream({ ...hello, [name]: value }).result)).code).toBe("unsupported-parameter");
    expect(calls).toEqual([]);
  });

  it.each([
    ["tools", []],
    ["tools", null],
    ["tool_choice", "auto"],
    ["response_format", { type: "json_object" }],
    ["response_format", { type: "text" }],
    ["n", 1],
    ["n", null],
    ["temperature", 1],
  ])("is treated as a tuning parameter if nothing is lost: %s %j", (name, value) => {
    expect(brief(prepare({ [name]: rejected }, { [name]: value }).changes)).toEqual([`${name} dropped`]);
  });

  it("is refused on a conflict, or if its renamed target is already set", () => {
    expect(refusal({ n: { conflictsWith: ["best_of"], source } }, { n: 2, best_of: 3 }).code).toBe(
      "unsupported-parameter",
    );
    expect(refusal({ n: { renamed: "samples", source } }, { n: 2, samples: 3 }).code).toBe("unsupported-parameter");
    expect(refusal({ n: { range: [1, 1], source } }, { n: 2 }).code).toBe("unsupported-parameter");
  });
});

describe("a renamed parameter", () => {
  const rules: Rules = { max_completion_tokens: { renamed: "max_tokens", source } };

  it("is dropped if its target is already set", () => {
    for (const parameters of [
      { max_completion_tokens: 5, max_tokens: 9 },
      { max_tokens: 9, max_completion_tokens: 5 },
    ]) {
      const { body, changes } = prepare(rules, parameters);
      expect(body).toEqual({ max_tokens: 9 });
      expect(brief(changes)).toEqual(["max_completion_tokens dropped"]);
    }
  });

  it.each([null, undefined])("wins over a target that is %s", (nothing) => {
    expect(prepare(rules, { max_completion_tokens: 5, max_tokens: nothing }).body).toEqual({ max_tokens: 5 });
    expect(prepare(rules, { max_tokens: nothing, max_completion_tokens: 5 }).body).toEqual({ max_tokens: 5 });
  });

  it("is dropped if another parameter was renamed to the same target first", () => {
    const two: Rules = { a: { renamed: "c", source }, b: { renamed: "c", source } };
    const { body, changes } = prepare(two, { a: 1, b: 2 });
    expect(body).toEqual({ c: 1 });
    expect(brief(changes)).toEqual(["a renamed", "b dropped"]);
  });

  it("keeps the value null", () => {
    expect(prepare(rules, { max_completion_tokens: null }).body).toEqual({ max_tokens: null });
  });
});

describe("onUnsupported: error", () => {
  const options = { onUnsupported: "error" } as const;

  it("refuses every parameter that would be dropped", () => {
    expect(refusal({ seed: { rejected: 400, source } }, { seed: 1 }, options).code).toBe("unsupported-parameter");
    expect(refusal({ a: { conflictsWith: ["b"], source } }, { a: 1, b: 1 }, options).code).toBe(
      "unsupported-parameter",
    );
    expect(refusal({ a: { renamed: "b", source } }, { a: 1, b: 1 }, options).code).toBe("unsupported-parameter");
  });

  it("allows changed and ignored parameters, and a null", () => {
    const rules: Rules = {
      a: { renamed: "b", source },
      c: { range: [0, 1], source },
      d: { ignored: true, source },
      e: { values: { x: "y" }, source },
      f: { rejected: 400, source },
    };
    const provider = acme({ parameters: rules }, options);
    const { body } = provider.prepare({ ...hello, a: 1, c: 2, d: 3, e: "x", f: null });
    expect(body).toMatchObject({ b: 1, c: 1, d: 3, e: "y" });
  });
});

describe("a parameter without a rule", () => {
  it("is sent unchanged and unreported, whatever its name", () => {
    const odd = JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1, "toString": 2, "hasOwnProperty": 3}');
    const parameters = { ...odd, frobnicate: { deep: [1] }, top_p: 0.3, zero: 0, no: false, empty: "" };
    const { body, changes } = prepare({ seed: { rejected: 400, source } }, parameters);
    expect(body).toEqual(parameters);
    expect(Object.hasOwn(body, "__proto__")).toBe(true);
    expect(changes).toEqual([]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it("is sent even if the endpoint refuses unknown parameters", () => {
    const unknownParameters = { rejected: 422, known: ["temperature"], source } as const;
    expect(prepare({}, { frobnicate: 1 }, { unknownParameters })).toEqual({ body: { frobnicate: 1 }, changes: [] });
  });

  it.each([
    ["temprature", "temperature"],
    ["max_token", "max_tokens"],
    ["top-p", "top_p"],
    ["Temperature", "temperature"],
    ["strem", "stream"],
  ])("is reported if it is close to a known name: %s", (slip, meant) => {
    const { body, changes } = prepare({}, { [slip]: 1 });
    expect(body).toEqual({ [slip]: 1 });
    expect(brief(changes)).toEqual([`${slip} ignored`]);
    expect(changes[0]!.reason).toContain(`\`${meant}\``);
  });

  it("is compared with the definition's own names too", () => {
    const unknownParameters = { rejected: 422, known: ["guardrails"], source } as const;
    expect(prepare({}, { guardrail: 1 }, { unknownParameters }).changes[0]!.reason).toContain("`guardrails`");
    expect(prepare({ frobnicate: { ignored: true, source } }, { frobnicat: 1 }).changes[0]!.reason).toContain(
      "`frobnicate`",
    );
  });

  it("is ignored if it is undefined", () => {
    const { body, changes } = prepare({ seed: { rejected: 400, source } }, { seed: undefined, temprature: undefined });
    expect(Object.keys(body)).toEqual([]);
    expect(changes).toEqual([]);
  });
});

describe("a request", () => {
  it("is never mutated", () => {
    const rules: Rules = {
      a: { renamed: "b", source },
      c: { rejected: 400, source },
      d: { range: [0, 1], source },
      e: { values: { x: "y" }, source },
    };
    const messages = {
      fields: { user: ["content"], assistant: ["content", "tool_calls"], tool: ["content", "tool_call_id"] },
      nulls: "stripped",
      content: "text",
      toolCallId: /^[a-z]{9}$/i,
      afterTool: "So.",
      trailingAssistant: { prefix: true },
      emptyAssistant: "removed",
      system: "developer",
      source,
    } as const;
    const request: ChatRequest = {
      ...hello,
      messages: [
        { role: "system", content: [{ type: "text", text: "Be kind." }] },
        { role: "user", content: "Hi", name: "Ann" },
        { role: "assistant", content: null, tool_calls: [{ id: "1", type: "function", function: { name: "f" } }] },
        { role: "tool", tool_call_id: "1", content: [{ type: "text", text: "x" }] },
        { role: "user", content: "Go on" },
        { role: "assistant", content: "" },
        { role: "assistant", content: "I", reasoning: "why", reasoning_details: [{ a: 1 }], provider: "acme" },
      ],
      a: 1,
      c: { deep: [1] },
      d: 9,
      e: "x",
      stream_options: { include_obfuscation: false } as object,
    };
    const before = structuredClone(request);
    deepFreeze(request);
    acme({ parameters: rules, messages }).prepare(request);
    expect(request).toEqual(before);
  });

  it.each([
    [{ model: "", messages: [] }, /model/],
    [{ messages: [] }, /model/],
    [{ model: "acme-2" }, /messages/],
    [{ model: "acme-2", messages: "Hello" }, /messages/],
    [{ model: "acme-2", messages: [null] }, /messages/],
    [{ model: "acme-2", messages: ["Hello"] }, /messages/],
    [null, /model/],
    [undefined, /model/],
  ])("is refused before sending if it is malformed: %j", async (request, message) => {
    const { fetch, calls } = fakeFetch(new Error("A request was sent."));
    for (const call of [acme({}, { fetch }).chat, (asked: ChatRequest) => acme({}, { fetch }).stream(asked).result]) {
      const error = await failure(call(request as unknown as ChatRequest));
      expect(error).toMatchObject({ code: "invalid-request", provider: "acme" });
      expect(error.message).toMatch(message);
    }
    expect(calls).toEqual([]);
  });

  it("throws a ProviderError if it cannot be written as JSON", async () => {
    const { fetch, calls } = fakeFetch(new Error("A request was sent."));
    const circular: Record<string, unknown> = {};
    circular["self"] = circular;
    for (const odd of [circular, 10n]) {
      const error = await failure(acme({}, { fetch }).chat({ ...hello, odd }));
      expect(error.code).toBe("invalid-request");
    }
    expect(calls).toEqual([]);
  });
});

describe("retired models", () => {
  it("are still sent", () => {
    const { body, changes } = acme().prepare({ ...hello, model: "acme-1" });
    expect(body["model"]).toBe("acme-1");
    expect(changes).toEqual([]);
  });

  it("are refused with onUnsupported: error, which names the successor", () => {
    const error = refusal({}, { model: "acme-1" }, { onUnsupported: "error" });
    expect(error).toMatchObject({ code: "model-retired", model: "acme-1" });
    expect(error.hint).toContain("acme-2");
  });
});

function deepFreeze(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  Object.freeze(value);
  for (const inner of Object.values(value)) deepFreeze(inner);
}
