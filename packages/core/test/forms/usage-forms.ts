import { completion, delta, done, finish } from "../support/fake-fetch.ts";
import { answered, type Form, streamed } from "./form.ts";

const counted = { inputTokens: 10, outputTokens: 5, totalTokens: 15 };

/** Usage under other names. */
export const usageForms: Form[] = (
  [
    [
      "input_tokens and output_tokens (mlx-vlm, Responses)",
      { input_tokens: 10, output_tokens: 5, total_tokens: 15 },
      counted,
    ],
    ["input_tokens without a total", { input_tokens: 10, output_tokens: 5 }, counted],
    [
      "details with the names of the Responses API",
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
      "cached tokens at the top level (Kimi)",
      { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15, cached_tokens: 4 },
      { ...counted, cachedInputTokens: 4 },
    ],
    [
      "cached tokens at the top level and in the details (Kimi)",
      {
        prompt_tokens: 10,
        completion_tokens: 5,
        total_tokens: 15,
        cached_tokens: 4,
        prompt_tokens_details: { cached_tokens: 4 },
      },
      { ...counted, cachedInputTokens: 4 },
    ],
    ["unknown names", { in: 10, out: 5 }, null],
  ] as const
).map(([what, wire, wanted]) =>
  // No usage is better than a wrong 0.
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
    "input_tokens in a separate chunk",
    [
      delta({ content: "Hi" }),
      finish(),
      { id: "c1", choices: [], usage: { input_tokens: 10, output_tokens: 5 } },
      done,
    ],
    { usage: counted },
  ),
);
