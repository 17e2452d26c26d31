import { completion, delta, done, finish } from "../support/fake-fetch.ts";
import { answered, type Form, call, dialect, streamed, wantedCall } from "./form.ts";

/** Kind 9: reasons in other words. */
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
  streamed("a word that nobody knows", [delta({ content: "Hi" }), finish("weird"), done], {
    finishReason: "other",
    rawFinishReason: "weird",
  }),
  streamed(
    "a word that the definition knows",
    [delta({ content: "Hi" }), finish("enough"), done],
    { finishReason: "length", rawFinishReason: "enough" },
    dialect({ finishReasons: { enough: "length" } }),
  ),
  streamed(
    "a definition's word goes before the dialect's",
    [delta({ content: "Hi" }), finish("stop"), done],
    { finishReason: "length" },
    dialect({ finishReasons: { stop: "length" } }),
  ),
  streamed("a reason that every object has is unknown", [delta({ content: "Hi" }), finish("constructor"), done], {
    finishReason: "other",
    rawFinishReason: "constructor",
  }),
  streamed(
    "a definition's reason `error` throws nothing by itself",
    [delta({ content: "Hi" }), finish("broken"), done],
    { finishReason: "error", text: "Hi", either: true },
    dialect({ finishReasons: { broken: "error" } }),
  ),
  streamed("stop beside calls", [delta({ tool_calls: [{ index: 0, ...call }] }), finish("stop"), done], {
    toolCalls: [wantedCall],
    finishReason: "tool-calls",
    rawFinishReason: "stop",
  }),
  answered("stop beside calls, whole", completion({ content: null, tool_calls: [call] }, "stop"), {
    finishReason: "tool-calls",
    rawFinishReason: "stop",
  }),
  streamed("length beside calls stays", [delta({ tool_calls: [{ index: 0, ...call }] }), finish("length"), done], {
    finishReason: "length",
  }),
];
