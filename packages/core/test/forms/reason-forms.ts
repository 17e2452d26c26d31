import { completion, delta, done, finish } from "../support/fake-fetch.ts";
import { answered, type Form, call, dialect, streamed, wantedCall } from "./form.ts";

/** Finish reasons under other names. */
export const reasonForms: Form[] = [
  ...(
    [
      ["end", "stop"],
      ["STOP", "stop"],
      ["eos", "stop"],
      ["eos_token", "stop"],
      ["stop_sequence", "stop"],
      ["MAX_TOKENS", "length"],
      ["max_output_tokens", "length"],
      ["model_context_window_exceeded", "length"],
      ["tool_calling", "tool-calls"],
      ["tool_use", "tool-calls"],
      ["sensitive", "content-filter"],
      ["SAFETY", "content-filter"],
    ] as const
  ).map(([raw, wanted]) =>
    streamed(`the reason ${raw}`, [delta({ content: "Hi" }), finish(raw), done], {
      text: "Hi",
      finishReason: wanted,
      rawFinishReason: raw,
    }),
  ),
  ...["abort", "aborted", "network_error"].map((raw) =>
    streamed(`the engine's ${raw} is an error`, [delta({ content: "Hi" }), finish(raw), done], {
      finishReason: "error",
      rawFinishReason: raw,
      text: "Hi",
      either: true,
    }),
  ),
  streamed("an unknown reason", [delta({ content: "Hi" }), finish("weird"), done], {
    finishReason: "other",
    rawFinishReason: "weird",
  }),
  streamed(
    "a reason that the definition maps",
    [delta({ content: "Hi" }), finish("enough"), done],
    { finishReason: "length", rawFinishReason: "enough" },
    dialect({ finishReasons: { enough: "length" } }),
  ),
  streamed(
    "the definition's mapping wins over the dialect's",
    [delta({ content: "Hi" }), finish("stop"), done],
    { finishReason: "length" },
    dialect({ finishReasons: { stop: "length" } }),
  ),
  streamed(
    "a reason with the name of an inherited property is unknown",
    [delta({ content: "Hi" }), finish("constructor"), done],
    {
      finishReason: "other",
      rawFinishReason: "constructor",
    },
  ),
  streamed(
    "a reason that the definition maps to `error` does not throw by itself",
    [delta({ content: "Hi" }), finish("broken"), done],
    { finishReason: "error", text: "Hi", either: true },
    dialect({ finishReasons: { broken: "error" } }),
  ),
  streamed("stop in a stream with calls", [delta({ tool_calls: [{ index: 0, ...call }] }), finish("stop"), done], {
    toolCalls: [wantedCall],
    finishReason: "tool-calls",
    rawFinishReason: "stop",
  }),
  answered("stop in a whole answer with calls", completion({ content: null, tool_calls: [call] }, "stop"), {
    finishReason: "tool-calls",
    rawFinishReason: "stop",
  }),
  streamed(
    "length is kept in a stream with calls",
    [delta({ tool_calls: [{ index: 0, ...call }] }), finish("length"), done],
    {
      finishReason: "length",
    },
  ),
];
