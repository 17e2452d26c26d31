import type { Json, JsonObject } from "@llm-provider/core";

/** The test of one parameter. The values are those that LibreChat and the SDKs send. */
export interface ParameterSpec {
  readonly name: string;
  /**
   * Values other than the default, which would hide a refusal, in the order in which they are tried: the usual one, one far from
   * it, one close to the default. If all are refused, the parameter counts as refused.
   */
  readonly values: readonly Json[];
  /** The default, if endpoints agree on one. */
  readonly default?: Json;
  /** Sent beside it, since it has no meaning alone. */
  readonly needs?: string;
  /** Values of a wrong type. */
  readonly wrong: readonly Json[];
  /** Numbers below and above every documented range. Left out if a large number would cost money. */
  readonly beyond?: readonly [low: number | undefined, high: number];
  /** A word that is not on any list of values: the refusal names the existing ones. */
  readonly odd?: string;
}

/** The tool of the probe. */
export const probeTool: JsonObject = {
  type: "function",
  function: {
    name: "get_weather",
    description: "The weather in a city.",
    parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
  },
};

export const jsonSchemaFormat: JsonObject = {
  type: "json_schema",
  json_schema: {
    name: "answer",
    strict: true,
    schema: {
      type: "object",
      properties: { answer: { type: "string" } },
      required: ["answer"],
      additionalProperties: false,
    },
  },
};

const notNumber: readonly Json[] = [{}, "abc"];
const notText: readonly Json[] = [{}, 5];
const notObject: readonly Json[] = ["abc", ["abc"]];
const odd = "no-such-value";

/** A field that no endpoint has: it shows how unknown fields are treated. */
export const madeUpField = "probe_made_up_field";

/** The parameters of the sweep's first request. One that needs another comes before it, so that endpoints which name only the first culprit name it. */
export const parameterSpecs: readonly ParameterSpec[] = [
  { name: "temperature", values: [0.7, 0.1, 0.99], default: 1, wrong: notNumber, beyond: [-1, 5] },
  { name: "top_p", values: [0.9, 0.5, 0.99], default: 1, wrong: notNumber, beyond: [-1, 2] },
  { name: "max_tokens", values: [16, 512], wrong: notNumber },
  { name: "max_completion_tokens", values: [16, 512], wrong: notNumber },
  { name: "n", values: [2], default: 1, wrong: notNumber },
  { name: "stop", values: [["<probe-end>"], "<probe-end>"], wrong: [{}, 5] },
  { name: "seed", values: [7, 1234], wrong: notNumber },
  { name: "presence_penalty", values: [0.1, -0.5, 0.01], default: 0, wrong: notNumber, beyond: [-5, 5] },
  { name: "frequency_penalty", values: [0.1, -0.5, 0.01], default: 0, wrong: notNumber, beyond: [-5, 5] },
  { name: "logit_bias", values: [{ "1639": 1 }], wrong: notObject },
  { name: "top_logprobs", values: [2, 1], needs: "logprobs", wrong: notNumber, beyond: [-1, 100] },
  { name: "logprobs", values: [true], default: false, wrong: [{}, "abc"] },
  { name: "user", values: ["probe"], wrong: notText },
  { name: "tool_choice", values: ["auto", "required", "none"], needs: "tools", wrong: [5, ["abc"]] },
  { name: "parallel_tool_calls", values: [false], default: true, needs: "tools", wrong: [{}, "abc"] },
  { name: "tools", values: [[probeTool]], wrong: ["abc", 5] },
  { name: "response_format", values: [{ type: "json_object" }, jsonSchemaFormat], wrong: notObject },
  {
    name: "reasoning_effort",
    values: ["low", "high", "none", "minimal", "medium"],
    wrong: notText,
    odd,
  },
  { name: "store", values: [false], wrong: [{}, "abc"] },
  { name: "metadata", values: [{ probe: "1" }], wrong: notObject },
  { name: "service_tier", values: ["auto", "default", "flex"], wrong: notText, odd },
  { name: "top_k", values: [40, 5, 100], wrong: notNumber, beyond: [undefined, 100_000] },
  { name: "min_p", values: [0.05, 0.5, 0.01], wrong: notNumber, beyond: [-1, 2] },
  { name: "repetition_penalty", values: [1.1, 0.9, 1.01], default: 1, wrong: notNumber, beyond: [-1, 10] },
  { name: "verbosity", values: ["low", "high", "medium"], wrong: notText, odd },
  { name: "prompt_cache_key", values: ["probe"], wrong: notText },
  { name: "safety_identifier", values: ["probe"], wrong: notText },
];

export const specOf: ReadonlyMap<string, ParameterSpec> = new Map(parameterSpecs.map((spec) => [spec.name, spec]));
