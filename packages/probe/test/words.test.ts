import type { Json } from "@llm-provider/core";
import { expect, test } from "vitest";
import { namedFields } from "../src/words/named-fields.ts";
import { readBounds, readInstead, readValues } from "../src/words/read-bounds.ts";

const sent = [
  "temperature",
  "top_p",
  "max_tokens",
  "max_completion_tokens",
  "n",
  "stop",
  "user",
  "tools",
  "store",
  "logprobs",
  "top_logprobs",
];

test.each<[body: Json, words: string, named: string[]]>([
  // Pydantic lists all of them, each with a path.
  [
    { detail: [{ loc: ["body", "top_p"], msg: "Extra inputs are not permitted" }, { loc: ["body", "store"] }] },
    "Extra inputs",
    ["top_p", "store"],
  ],
  [{ error: { message: "Unsupported parameter", param: "logprobs" } }, "Unsupported parameter", ["logprobs"]],
  // Advice also names an innocent parameter.
  [
    { error: { message: "x" } },
    "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    ["max_tokens"],
  ],
  [{}, "property 'top_logprobs' is unsupported", ["top_logprobs"]],
  [{}, "top_logprobs requires nothing", ["top_logprobs"]],
  [{ errors: [[{ field: "n", reason: "no" }]] }, "bad", ["n"]],
  // Parameters that are English words blame only if they are meant as names.
  [{}, "Please stop sending this, user", ["stop", "user"]],
  [{}, "temperature is odd, please stop", ["temperature"]],
  [{}, "The parameter stop is not possible", ["stop"]],
  [{}, "参数 temperature 无效", ["temperature"]],
  [{}, "", []],
  [{}, "Unknown field. Supported parameters: temperature, top_p", []],
  [
    { error: { message: "a", param: "temperature" } },
    "Invalid type for 'temperature': no; Invalid type for 'top_p': no",
    ["temperature", "top_p"],
  ],
  [{}, "unknown field `store`, expected one of `model`, `messages`, `temperature`, `top_p`", ["store"]],
  [{ issues: [{ code: "unrecognized_keys", keys: ["store", "n"], path: [] }] }, "bad", ["store", "n"]],
  [{}, 'json: unknown field "top_p"', ["top_p"]],
  [{}, "Additional properties are not allowed ('n', 'store' were unexpected)", ["n", "store"]],
  [{}, "Unrecognized request arguments supplied: n, store", ["n", "store"]],
  [{}, "The following parameters are supported: temperature, top_p. Not so store", ["store"]],
  [{}, "The following parameters are not supported: temperature, top_p", ["temperature", "top_p"]],
  [{}, "Not supported parameters: temperature, top_p", ["temperature", "top_p"]],
  [{}, "top_p: Extra inputs are not permitted", ["top_p"]],
  ["Feld temperature ist nicht erlaubt", "Feld temperature ist nicht erlaubt", ["temperature"]],
  [{ error: "x", input: { temperature: 1 } }, "bad request", []],
])("%j, %s", (body, words, named) => {
  expect(namedFields(words, body, sent)).toEqual(named);
});

test.each([
  ["temperature must be between 0 and 2", { min: 0, max: 2 }],
  ["`x` must be from -2 to 2; other values become the nearest.", { min: -2, max: 2 }],
  ["integer below minimum value. Expected a value >= 16, but got 1 instead.", { min: 16 }],
  ["Input should be less than or equal to 1", { max: 1 }],
  ["0 <= top_p <= 1", { min: 0, max: 1 }],
  ["n must be 1", { min: 1, max: 1 }],
  ["must be 1 or 2", undefined],
  ["nothing of the kind", undefined],
])("bounds in: %s", (words, bounds) => {
  expect(readBounds(words)).toEqual(bounds);
});

test("allowed values and replacement names are read", () => {
  expect(readValues("Input should be 'low', 'medium' or 'high'")).toEqual(["low", "medium", "high"]);
  expect(readValues("must be one of [none, default]")).toEqual(["none", "default"]);
  expect(readInstead("Unsupported parameter: 'seed'. Use 'random_seed' instead.")).toBe("random_seed");
  expect(readInstead("`max_tokens` is deprecated in favor of `max_completion_tokens`")).toBe("max_completion_tokens");
  expect(readInstead("Use the Responses API instead.")).toBeUndefined();
  expect(readInstead("Use a different model instead.")).toBeUndefined();
  expect(readInstead("Did you mean 'top_p'?")).toBeUndefined();
});

test("a long, malformed text is read in linear time", () => {
  const started = performance.now();
  const words = `${"must be one of ".repeat(3000)}${"a, ".repeat(20_000)}`;
  namedFields(words, { message: words }, sent);
  readBounds(words.slice(0, 8192));
  readValues(words.slice(0, 8192));
  expect(performance.now() - started).toBeLessThan(1000);
});
