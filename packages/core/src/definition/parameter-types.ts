import type { CommonParameters } from "../chat/chat-request.ts";

/** A type of JSON values on the wire. `integer`: a number without a fraction. */
export type WireType = "string" | "number" | "integer" | "boolean" | "object" | "strings" | "objects";

/** The types of the shared parameters, by wire name: `CommonParameters` for run time. */
export const parameterTypes: { readonly [name in keyof Required<CommonParameters> | "stream"]: readonly WireType[] } = {
  temperature: ["number"],
  top_p: ["number"],
  max_tokens: ["integer"],
  max_completion_tokens: ["integer"],
  n: ["integer"],
  seed: ["integer"],
  stop: ["string", "strings"],
  presence_penalty: ["number"],
  frequency_penalty: ["number"],
  logit_bias: ["object"],
  logprobs: ["boolean"],
  top_logprobs: ["integer"],
  user: ["string"],
  stream: ["boolean"],
  stream_options: ["object"],
  tools: ["objects"],
  tool_choice: ["string", "object"],
  parallel_tool_calls: ["boolean"],
  response_format: ["object"],
};

/** Is the value of one of these types? `null` has every type: it counts as not set. */
export function isOfType(value: unknown, types: readonly WireType[]): boolean {
  return value === null || types.some((type) => tests[type](value));
}

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);
const tests: { readonly [type in WireType]: (value: unknown) => boolean } = {
  string: (value) => typeof value === "string",
  number: (value) => typeof value === "number",
  integer: Number.isInteger,
  boolean: (value) => typeof value === "boolean",
  object: isObject,
  strings: (value) => Array.isArray(value) && value.every((one) => typeof one === "string"),
  objects: (value) => Array.isArray(value) && value.every(isObject),
};
