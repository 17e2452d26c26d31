import { isDeepStrictEqual } from "node:util";
import type { ChatRequest, Definition, Json, ParameterRule } from "@llm-provider/core";
import { weatherTool } from "../scenario/scenarios.ts";
import { setPath } from "../wire/set-path.ts";
import { type Kind, rulesOf, takesEffect } from "./rule-oracle.ts";
import { isObject } from "../read-json.ts";

/** A rule, and requests for which it decides and no rule before it. */
export interface RuleCase {
  readonly name: string;
  readonly rule: ParameterRule;
  /** `parameters.seed` or `parameters.seed.1`. */
  readonly path: string;
  readonly request: ChatRequest & { readonly [parameter: string]: unknown };
}

const samples: { readonly [name: string]: Json } = {
  temperature: 0.5,
  top_p: 0.9,
  top_k: 5,
  min_p: 0.1,
  n: 2,
  seed: 7,
  random_seed: 7,
  max_tokens: 64,
  max_completion_tokens: 64,
  stop: ["END"],
  tools: [weatherTool as unknown as Json],
  tool_choice: "required",
  parallel_tool_calls: false,
  logprobs: true,
  top_logprobs: 2,
  logit_bias: { "50256": -100 },
  presence_penalty: 0.5,
  frequency_penalty: 0.5,
  repetition_penalty: 1.1,
  user: "user-1",
  metadata: { trace: "1" },
  store: false,
  reasoning_effort: "high",
  reasoning_format: "parsed",
  include_reasoning: true,
  modalities: ["text"],
  stream_options: { include_usage: true },
  response_format: { type: "json_schema", json_schema: { name: "city", schema: { type: "object" } } },
  functions: [{ name: "get_weather", parameters: {} }],
  function_call: "auto",
  service_tier: "auto",
  thinking: { type: "enabled" },
  prediction: { type: "content", content: "x" },
};

/** Cases for one rule; empty if it cannot decide any request. */
export function casesOf(definition: Definition, name: string, rule: ParameterRule, index: number): RuleCase[] {
  const rules = rulesOf(definition, name);
  const path = rules.length > 1 ? `parameters.${name}.${index}` : `parameters.${name}`;
  return valuesFor(name, rule).flatMap((value) => {
    for (const request of requestsFor(definition, name, rule, value)) {
      if (takesEffect(rules, rule, request)) return [{ name, rule, path, request }];
    }
    return [];
  });
}

/** All rules of a kind, each with a request that triggers it, if there is one. */
export function rulesOfKind(
  definition: Definition,
  kind: Kind,
): { name: string; rule: ParameterRule; path: string; cases: RuleCase[] }[] {
  return Object.keys(definition.parameters ?? {}).flatMap((name) => {
    const rules = rulesOf(definition, name);
    return rules.flatMap((rule, index) =>
      kind in rule
        ? [
            {
              name,
              rule,
              path: rules.length > 1 ? `parameters.${name}.${index}` : `parameters.${name}`,
              cases: casesOf(definition, name, rule, index),
            },
          ]
        : [],
    );
  });
}

/** A value that meets a condition. */
function valueFor(path: string, wanted: Json): Json {
  const present = isObject(wanted) ? wanted["present"] : undefined;
  if (typeof present !== "boolean") return wanted;
  return present ? sampleOf(path) : null;
}

function sampleOf(name: string): Json {
  return Object.hasOwn(samples, name) ? samples[name]! : "sample";
}

function valuesFor(name: string, rule: ParameterRule): Json[] {
  if ("range" in rule) return [rule.range[1] + 1, rule.range[0] - 1].filter(Number.isFinite);
  if ("set" in rule) return [isDeepStrictEqual(sampleOf(name), rule.set) ? "another value" : sampleOf(name)];
  if ("values" in rule)
    return Object.keys(rule.values).map((key) => (/^[[{]/.test(key) ? (JSON.parse(key) as Json) : key));
  const own = rule.when && Object.hasOwn(rule.when, name) ? rule.when[name] : undefined;
  if (own !== undefined) return [Array.isArray(own) ? (own.find((one) => one !== null) as Json) : own];
  return [sampleOf(name)];
}

function* requestsFor(
  definition: Definition,
  name: string,
  rule: ParameterRule,
  value: Json,
): Generator<RuleCase["request"]> {
  const conditions = Object.entries(rule.when ?? {}).filter(([path]) => path !== name);
  for (const model of modelsFor(definition, rule)) {
    for (const choice of combine(
      conditions.map(([path, wanted]) => [wanted].flat().map((one) => ({ path, one: valueFor(path, one as Json) }))),
    )) {
      let request: Json = { model, messages: [{ role: "user", content: "Hello" }] };
      for (const { path, one } of choice) {
        if (one !== null && !path.startsWith(`${name}.`)) request = setPath(request, path, one);
      }
      let own: Json | undefined = value;
      for (const { path, one } of choice.filter((part) => part.path.startsWith(`${name}.`)))
        own = override(own, path.slice(name.length + 1), one);
      if ("conflictsWith" in rule) {
        const rival = rule.conflictsWith[0]!;
        request = setPath(request, rival, sampleOf(rival));
      }
      yield { ...(request as object), [name]: own } as RuleCase["request"];
    }
  }
}

/** `{ type: "json_schema" }` with `type` "json_object" is no longer a schema: the parts that belonged to it remain. */
function override(value: Json | undefined, path: string, one: Json): Json {
  const base = isObject(value) ? value : {};
  const [head = "", ...rest] = path.split(".");
  const inner = base[head];
  return { ...base, [head]: rest.length > 0 ? override(inner, rest.join("."), one) : one };
}

/** Models of the catalogue that the rule covers; names made from its pattern if the catalogue has none. */
function modelsFor({ models, smallModel }: Definition, { models: wanted }: ParameterRule): string[] {
  const known = [smallModel, ...Object.keys(models).filter((id) => !models[id]!.retired), ...Object.keys(models)];
  if (wanted === undefined) return known;
  if (!(wanted instanceof RegExp)) return [...wanted];
  const matching = known.filter((id) => id.search(wanted) >= 0);
  const stem = wanted.source.replace(/^\^/, "").split(/[\\([.*+?{|$]/)[0] ?? "";
  const made = ["", "1", "-1", "3-mini", "-x", "x"]
    .map((end) => stem + end)
    .filter((id) => id !== "" && id.search(wanted) >= 0);
  return [...matching, ...made];
}

function* combine<T>(lists: readonly (readonly T[])[]): Generator<T[]> {
  const [first, ...rest] = lists;
  if (!first) return yield [];
  for (const one of first) for (const others of combine(rest)) yield [one, ...others];
}
