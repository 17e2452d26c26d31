import {
  chatCompletions,
  type ChatRequest,
  type Definition,
  type ParameterRule,
  ProviderError,
} from "@llm-provider/core";
import { decide, describeRule } from "@llm-provider/core/rules";
import { describe, expect, it } from "vitest";
import { acme, acmeDefinition, hello } from "./support/acme.ts";

const source = "docs";
type Rules = NonNullable<Definition["parameters"]>;

/** Prints one decision on one line, for tables. */
function lines(parameters: Rules, request: object, facts: Partial<Definition> = {}): string[] {
  return decide({ ...acmeDefinition, ...facts, parameters }, { ...hello, ...request })
    .filter(({ parameter }) => !["model", "messages"].includes(parameter))
    .map(({ parameter, does, to, endpoint }) => {
      const value = to === undefined ? "" : ` ${JSON.stringify(to)}`;
      return `${parameter}: ${does}${value}; endpoint ${typeof endpoint === "string" ? endpoint : endpoint.refuses}`;
    });
}

const strict = { unknownParameters: { rejected: 422, known: ["seed"], source } } as const;
const lenient = { unknownParameters: { ignored: true, source } } as const;

describe("decide", () => {
  it.each<[string, Rules, object, Partial<Definition>, string[]]>([
    ["rejected", { seed: { rejected: 418, source } }, { seed: 1 }, {}, ["seed: drop; endpoint 418"]],
    ["rejected null", { seed: { rejected: 400, source } }, { seed: null }, {}, ["seed: drop; endpoint takes"]],
    ["essential", { n: { rejected: 400, source } }, { n: 2 }, {}, ["n: refuse; endpoint 400"]],
    ["ignored", { seed: { ignored: true, source } }, { seed: 1 }, {}, ["seed: ignore; endpoint ignores"]],
    ["renamed, lenient", { a: { renamed: "b", source } }, { a: 1 }, {}, ['a: rename "b"; endpoint ignores']],
    ["renamed, strict", { a: { renamed: "b", source } }, { a: 1 }, strict, ['a: rename "b"; endpoint 422']],
    [
      "renamed to a set name",
      { a: { renamed: "b", source } },
      { a: 1, b: 2 },
      strict,
      ["a: drop; endpoint 422", "b: pass; endpoint takes"],
    ],
    ["range", { seed: { range: [0, 2], source } }, { seed: 3 }, {}, ["seed: clamp 2; endpoint 400"]],
    ["open range", { seed: { range: [16, Infinity], source } }, { seed: 3 }, {}, ["seed: clamp 16; endpoint 400"]],
    ["essential range", { n: { range: [1, 1], source } }, { n: 2 }, {}, ["n: refuse; endpoint 400"]],
    ["values", { seed: { values: { "3": 4 }, source } }, { seed: 3 }, strict, ["seed: map 4; endpoint 422"]],
    [
      "values and range",
      {
        seed: [
          { values: { "3": 40 }, source },
          { range: [0, 9], source },
        ],
      },
      { seed: 3 },
      {},
      ["seed: map 40; endpoint 400", "seed: clamp 9; endpoint 400"],
    ],
    [
      "conflict",
      { a: { conflictsWith: ["b"], source } },
      { a: 1, b: 1 },
      lenient,
      ["a: drop; endpoint 400", "b: pass; endpoint ignores"],
    ],
    [
      "no conflict",
      { a: { conflictsWith: ["b"], source } },
      { a: 1, b: null },
      {},
      ["a: pass; endpoint takes", "b: pass; endpoint takes"],
    ],
    ["set, absent", { seed: { set: 7, source } }, {}, {}, ["seed: set 7; endpoint 400"]],
    ["set, other", { seed: { set: 7, source } }, { seed: 1 }, strict, ["seed: set 7; endpoint 422"]],
    ["set, same", { seed: { set: 7, source } }, { seed: 7 }, {}, ["seed: pass; endpoint takes"]],
    [
      "set, beyond a range",
      {
        seed: [
          { set: 7, source },
          { range: [0, 1], source },
        ],
      },
      { seed: 9 },
      {},
      ["seed: set 7; endpoint 400"],
    ],
    [
      "set, when present",
      { seed: { set: 7, when: { tools: { present: true } }, source } },
      { tools: [] },
      {},
      ["tools: pass; endpoint takes", "seed: set 7; endpoint 400"],
    ],
    [
      "set, when not present",
      { seed: { set: 7, when: { tools: { present: false } }, source } },
      { tools: [] },
      {},
      ["tools: pass; endpoint takes"],
    ],
    ["unknown, strict", {}, { frob: 1 }, strict, ["frob: pass; endpoint 422"]],
    ["known, strict", {}, { seed: 1 }, strict, ["seed: pass; endpoint takes"]],
    ["unknown, lenient", {}, { frob: 1 }, lenient, ["frob: pass; endpoint ignores"]],
    ["a name of the field, lenient", {}, { top_p: 1 }, lenient, ["top_p: pass; endpoint takes"]],
    ["unknown, nothing said", {}, { frob: 1 }, {}, ["frob: pass; endpoint takes"]],
  ])("%s", (_, parameters, request, facts, expected) => {
    expect(lines(parameters, request, facts)).toEqual(expected);
  });

  it("gives every decision of a rule the rule's source", () => {
    const [decision] = decide(
      { ...acmeDefinition, parameters: { seed: { rejected: 400, source } } },
      { ...hello, seed: 1 },
    ).filter(({ rule }) => rule);
    expect(decision?.source).toBe("https://acme.example/docs/parameters");
  });

  // Different readers once disagreed on these lists.
  it.each([
    [
      [
        { range: [0, 2], source },
        { rejected: 400, models: /acme/, source },
      ],
    ],
    [
      [
        { rejected: 400, models: /acme/, source },
        { range: [0, 2], source },
      ],
    ],
  ] as [ParameterRule[]][])("does not depend on the order of rule kinds in a list", (temperature) => {
    expect(lines({ temperature }, { temperature: 1 })).toEqual(["temperature: drop; endpoint 400"]);
  });
});

describe("describeRule", () => {
  it.each<[string, ParameterRule, string]>([
    ["seed", { rejected: 400, source }, "`seed` is rejected with HTTP 400, so it is left out."],
    [
      "tools",
      { rejected: 400, models: ["a", "b"], source },
      "`tools` is rejected with HTTP 400 for `a` or `b`, so the request is refused before it is sent.",
    ],
    [
      "response_format",
      { rejected: 400, when: { "response_format.type": "json_schema" }, source },
      "`response_format` is rejected with HTTP 400 when `response_format.type` is json_schema, so the request is refused before it is sent.",
    ],
    [
      "response_format",
      { rejected: 400, when: { "response_format.type": "json_object" }, source },
      "`response_format` is rejected with HTTP 400 when `response_format.type` is json_object, so it is left out.",
    ],
    [
      "user",
      { ignored: true, models: /x/, source },
      "`user` is accepted but has no effect for models that match `/x/`.",
    ],
    ["a", { renamed: "b", source }, "`a` is sent as `b`."],
    ["temperature", { range: [0, 2], source }, "`temperature` must be from 0 to 2; other values become the nearest."],
    [
      "max_tokens",
      { range: [16, Infinity], source },
      "`max_tokens` must be at least 16; other values become the nearest.",
    ],
    ["n", { range: [1, 1], source }, "`n` must be 1; other values are refused."],
    [
      "effort",
      { values: { minimal: "low", "a b": null }, source },
      "`effort` has other values: minimal becomes low, a b becomes null.",
    ],
    ["a", { conflictsWith: ["b", "c"], source }, "`a` is left out beside `b` or `c`."],
    [
      "effort",
      { set: "none", when: { tools: { present: true }, mode: [null, "x"] }, source },
      '`effort` is always sent as "none" when `tools` is set and `mode` is not set or x.',
    ],
  ])("%s %j", (parameter, rule, sentence) => expect(describeRule(parameter, rule)).toBe(sentence));
});

/** A small random generator that returns the same list for the same seed. */
function random(seed: number): <T>(list: readonly T[]) => T {
  let state = seed;
  return (list) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return list[Math.floor((state / 2 ** 32) * list.length)]!;
  };
}

type AnyRule = {
  models?: readonly string[];
  when?: { [path: string]: unknown };
  conflictsWith?: string[];
  renamed?: string;
  set?: unknown;
  values?: Record<string, unknown>;
  range?: [number, number];
};

/**
 * A second, plain implementation of the parameter rules. It returns the body that is sent, and whether the request is refused. It
 * shares no code with `decide`, so that the two can be compared.
 */
function readPlainly(rules: Rules, request: ChatRequest): { body: Record<string, unknown> } | "refused" {
  const given = (name: string): boolean => request[name] !== undefined && request[name] !== null;
  const body: Record<string, unknown> = { ...request };
  const isDue = (rule: AnyRule): boolean =>
    (!rule.models || rule.models.includes(request.model)) &&
    Object.entries(rule.when ?? {}).every(([name, wanted]) =>
      wanted === null ? !given(name) : typeof wanted === "object" ? given(name) : request[name] === wanted,
    );
  const names = [...new Set([...Object.keys(request), ...Object.keys(rules)])].filter(
    (name) => name !== "model" && name !== "messages",
  );
  const renamedTo = new Set<string>();
  for (const name of names) {
    const list = [rules[name] ?? []].flat() as unknown as AnyRule[];
    const of = (kind: string): AnyRule | undefined =>
      list.find((rule) => kind in rule && isDue(rule) && (kind !== "conflictsWith" || rule.conflictsWith!.some(given)));
    const leaveOut = (): void => void delete body[name];
    if (request[name] === undefined && !of("set")) continue;
    if (given(name) && of("conflictsWith")) {
      if (name === "n" && request[name] !== 1) return "refused";
      leaveOut();
      continue;
    }
    if (request[name] !== undefined && of("rejected")) {
      if (name === "n" && given(name) && request[name] !== 1) return "refused";
      leaveOut();
      continue;
    }
    let target = name;
    const rename = of("renamed")?.renamed;
    if (rename) {
      if (given(rename) || renamedTo.has(rename)) {
        if (name === "n" && given(name) && request[name] !== 1) return "refused";
        leaveOut();
        continue;
      }
      leaveOut();
      if (request[name] !== undefined) body[rename] = request[name];
      if (given(name)) renamedTo.add(rename);
      target = rename;
    }
    if (of("set")) body[target] = of("set")!.set;
    else if (given(name)) {
      const values = of("values")?.values ?? {};
      if (Object.hasOwn(values, String(body[target]))) body[target] = values[String(body[target])];
      const range = of("range")?.range;
      const value = body[target];
      if (range && typeof value === "number" && (value < range[0] || value > range[1])) {
        if (name === "n" && value !== 1) return "refused";
        body[target] = value < range[0] ? range[0] : range[1];
      }
    }
  }
  return { body };
}

describe("for a thousand random rule lists", () => {
  const names = ["a", "b", "c", "n"];
  const cases = Array.from({ length: 1000 }, (_, index) => {
    const pick = random(index + 1);
    const rule = (own: string): ParameterRule => {
      const other = pick(names.filter((name) => name !== own));
      const conditions = pick([
        {},
        {},
        { models: ["acme-2"] },
        { models: ["other"] },
        { when: { [other]: null } },
        { when: { [other]: { present: true } } },
        { when: { [own]: 2 } },
      ]);
      const what = pick<object>([
        { rejected: pick([400, 422]) },
        { ignored: true },
        { renamed: pick(["x", "y"]) },
        {
          range: pick([
            [1, 1],
            [0, 2],
            [2, Infinity],
          ]),
        },
        { values: { "3": 1, "5": 9 } },
        { conflictsWith: [other] },
        { set: pick([1, 4]) },
      ]);
      return { ...what, ...conditions, source } as ParameterRule;
    };
    const parameters: Rules = Object.fromEntries(
      names
        .filter(() => pick([true, true, false]))
        .map((name) => [name, Array.from({ length: pick([1, 2, 3]) }, () => rule(name))]),
    );
    const request: ChatRequest = { ...hello };
    for (const name of [...names, "x"]) if (pick([true, false])) request[name] = pick([1, 2, 3, 5, null]);
    return { parameters, request };
  });

  it("the client follows the rules and reports every change", () => {
    let refused = 0;
    for (const { parameters, request } of cases) {
      const outcome = readPlainly(parameters, request);
      const provider = acme({ parameters, dialect: chatCompletions() });
      try {
        const { body, changes } = provider.prepare(request);
        expect({ ...body, stream: undefined }, JSON.stringify({ parameters, request })).toEqual({
          ...(outcome as { body: object }).body,
          stream: undefined,
        });
        for (const name of new Set([...Object.keys(request), ...Object.keys(body)])) {
          if (name === "stream" || JSON.stringify(body[name]) === JSON.stringify(request[name])) continue;
          const isTold = changes.some(
            ({ parameter, to }) => parameter === name || to === name || (name in body && parameters[parameter]),
          );
          expect(isTold, JSON.stringify({ name, parameters, request, changes })).toBe(true);
        }
      } catch (error) {
        if (!ProviderError.is(error)) throw error;
        expect(outcome, JSON.stringify({ parameters, request, message: error.message })).toBe("refused");
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(20);
  });

  it("describeRule names the parameter of every rule that takes effect", () => {
    for (const { parameters, request } of cases)
      for (const { rule, parameter } of decide({ ...acmeDefinition, parameters }, request))
        if (rule) expect(describeRule(parameter, rule)).toMatch(new RegExp(`^\`${parameter}\` .*\\.$`));
  });
});
