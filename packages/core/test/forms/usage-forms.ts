import { completion, delta, done, finish } from "../support/fake-fetch.ts";
import { answered, type Form, streamed } from "./form.ts";

const counted = { inputTokens: 10, outputTokens: 5, totalTokens: 15 };

/** Kind 10: usage under other names. */
export const usageForms: Form[] = (
  [
    [
      "input_tokens and output_tokens (mlx-vlm, Responses)",
      { input_tokens: 10, output_tokens: 5, total_tokens: 15 },
      counted,
    ],
    ["input_tokens without a total", { input_tokens: 10, output_tokens: 5 }, counted],
    [
      "details under the names of Responses",
      {
        input_tokens: 10,
        output_tokens: 5,
        total_tokens: 15,
        input_tokens_details: { cached_tokens: 4 },
        output_tokens_details: { reasoning_tokens: 3 },
      },
      { ...counted, cachedInputTokens: 4, reasoningTokens: 3 },
    ],
    [
      "cached tokens at the top (Kimi)",
      { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15, cached_tokens: 4 },
      { ...counted, cachedInputTokens: 4 },
    ],
    [
      "cached tokens at the top and in the details (Kimi)",
      {
        prompt_tokens: 10,
        completion_tokens: 5,
        total_tokens: 15,
        cached_tokens: 4,
        prompt_tokens_details: { cached_tokens: 4 },
      },
      { ...counted, cachedInputTokens: 4 },
    ],
    ["names that nobody knows", { in: 10, out: 5 }, null],
  ] as const
).map(([what, wire, wanted]) =>
  // The wrong value 0 is worse than none.
  answered(what, completion({ content: "Hi" }, "stop", { usage: wire }), { text: "Hi", usage: wanted }),
);
usageForms.push(
  streamed(
    "usage in the choice (Kimi)",
    [
      delta({ content: "Hi" }),
      delta(
        {},
        {
          finish_reason: "stop",
          usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15, cached_tokens: 4 },
        },
      ),
      done,
    ],
    { usage: { ...counted, cachedInputTokens: 4 } },
  ),
  streamed(
    "input_tokens in a chunk of its own",
    [
      delta({ content: "Hi" }),
      finish(),
      { id: "c1", choices: [], usage: { input_tokens: 10, output_tokens: 5 } },
      done,
    ],
    { usage: counted },
  ),
);
