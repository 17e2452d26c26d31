import type { Random } from "./random.ts";

/** A stream or a whole answer, mixed from forms that real endpoints send; most of it is valid, and nothing checks it. */
export function grammarBody(random: Random): string {
  if (random.oneIn(5))
    return JSON.stringify(envelope(random, [{ index: 0, message: message(random), finish_reason: reason(random) }]));
  const chunks = Array.from({ length: random.below(12) }, () =>
    envelope(random, [{ ...index(random), delta: message(random), finish_reason: null }]),
  );
  if (!random.oneIn(5)) chunks.push(envelope(random, [{ ...index(random), delta: {}, finish_reason: reason(random) }]));
  if (random.oneIn(3)) chunks.push({ id: "c1", choices: [], usage: usage(random) });
  const lines = chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`);
  if (!random.oneIn(4)) lines.push("data: [DONE]\n\n");
  return lines.join("");
}

function envelope(random: Random, choices: object[]): object {
  return { id: "c1", model: "m", choices, ...(random.oneIn(6) && { usage: usage(random) }) };
}

const index = (random: Random): object => random.pick([{ index: 0 }, { index: 0 }, { index: 0 }, {}, { index: 1 }]);
const reason = (random: Random): unknown =>
  random.pick([
    "stop",
    "stop",
    "length",
    "tool_calls",
    "function_call",
    "content_filter",
    "end",
    "MAX_TOKENS",
    "abort",
    "error",
    "weird",
    "",
    null,
  ]);
const text = (random: Random): string =>
  random.pick(["Hi", " there", "", "<think>", "</think>", "<th", "ink>", "\uD83D", "\uDE00", "😀", "Hi there", "\n\n"]);

function usage(random: Random): unknown {
  return random.pick([
    { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
    { input_tokens: 10, output_tokens: 5 },
    { prompt_tokens: 10, completion_tokens: 5, cached_tokens: 4 },
    { prompt_tokens: "10", completion_tokens: null },
    {},
    null,
  ]);
}

function message(random: Random): object {
  const out: { [field: string]: unknown } = {};
  for (let left = 1 + random.below(2); left > 0; left--) {
    const [field, value] = random.pick(fields)(random);
    out[field] = value;
  }
  return out;
}

const fields: readonly ((random: Random) => [field: string, value: unknown])[] = [
  (random) => ["content", text(random)],
  (random) => ["content", text(random)],
  (random) => ["tool_calls", calls(random)],
  (random) => ["tool_calls", calls(random)],
  (random) => ["tool_calls", calls(random)],
  (random) => ["reasoning_content", text(random)],
  (random) => ["reasoning", text(random)],
  (random) => ["reasoning_text", text(random)],
  (random) => [
    "reasoning_details",
    [{ type: "reasoning.text", index: random.below(2), text: text(random), signature: "S" }],
  ],
  (random) => ["thinking_blocks", [{ type: "thinking", thinking: text(random) }]],
  (random) => [
    "content",
    [
      { type: "thinking", thinking: [{ type: "text", text: text(random) }] },
      { type: "text", text: text(random) },
    ],
  ],
  (random) => [
    "content",
    [{ type: "reasoning", summary: [{ type: "summary_text", text: text(random), signature: "S" }] }],
  ],
  (random) => ["refusal", text(random)],
  (random) => ["function_call", { name: random.pick(["f", "", undefined]), arguments: piece(random) }],
  () => ["images", [{ type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } }]],
];

const piece = (random: Random): unknown =>
  random.pick(["", "{}", '{"a":1}', '{"a":', "1}", " ", "x", null, undefined, { a: 1 }]);

function calls(random: Random): object[] {
  return Array.from({ length: 1 + random.below(2) }, () => {
    const called = { name: random.pick(["f", "g", "", undefined, undefined, undefined]), arguments: piece(random) };
    const isCustom = random.oneIn(15);
    return {
      index: random.pick([0, 0, 0, 1, 2, undefined, undefined, null, "0"]),
      id: random.pick(["a", "b", "c", "", undefined, undefined, undefined, "call_0"]),
      type: isCustom ? "custom" : "function",
      ...(isCustom ? { custom: { name: called.name, input: called.arguments } } : { function: called }),
      ...(random.oneIn(15) && { extra_content: { s: "S" } }),
    };
  });
}
