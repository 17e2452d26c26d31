import { completion, delta, done, finish, usage } from "../support/fake-fetch.ts";
import { answered, type Form, call, streamed, threw, wantedCall } from "./form.ts";

/** Ends of answers. */
export const endForms: Form[] = [
  streamed(
    "a finish reason, then endless comments",
    [delta({ content: "Hi" }), finish("stop")],
    { text: "Hi", finishReason: "stop", under: 4000 },
    {},
    { hold: true, heartbeat: ": ping\n\n" },
  ),
  streamed(
    "a finish reason, then silence",
    [delta({ content: "Hi" }), finish("length")],
    { text: "Hi", finishReason: "length", under: 4000 },
    {},
    { hold: true },
  ),
  streamed(
    "finish reason, usage and end mark on an open connection",
    [delta({ content: "Hi" }), finish("stop", { usage }), done],
    { text: "Hi", usage: { inputTokens: 10 }, under: 500 },
    {},
    { hold: true },
  ),
  streamed(
    "finish reason and end mark on an open connection, no usage",
    [delta({ content: "Hi" }), finish("stop"), done],
    { text: "Hi", under: 4000 },
    {},
    { hold: true },
  ),
  streamed(
    "a reset after the finish reason",
    [delta({ content: "Hi" }), finish("stop")],
    { text: "Hi", finishReason: "stop" },
    {},
    { reset: true },
  ),
  streamed(
    "a reset after the finish reason and half a usage chunk",
    [delta({ content: "Hi" }), finish("stop"), 'data: {"id":"c1","choi'],
    { text: "Hi", finishReason: "stop" },
    {},
    { reset: true },
  ),
  streamed(
    "a reset before the finish reason",
    [delta({ content: "Hi" })],
    threw({ partialText: "Hi", code: "network" }),
    {},
    { reset: true },
  ),
  streamed(
    "a close before the finish reason",
    [delta({ content: "Hi" })],
    threw({ partialText: "Hi", code: "invalid-response" }),
  ),
  streamed("an end mark without a finish reason", [delta({ content: "Hi" }), done], {
    text: "Hi",
    finishReason: "other",
  }),
  answered("a whole answer without a finish reason", completion({ content: "Hi" }, null), { text: "Hi" }),
  answered(
    "a whole answer with calls but without a finish reason",
    { id: "c1", choices: [{ index: 0, message: { content: null, tool_calls: [call] } }] },
    { toolCalls: [wantedCall], finishReason: "tool-calls" },
  ),
  answered(
    "a whole answer cut off in the middle",
    '{"id":"c1","choices":[{"index":0,"message":{"content":"H',
    threw({ code: "invalid-response" }),
  ),
  streamed("finishReason next to a null finish_reason (Gemini)", [delta({ content: "Hi" }, { finishReason: "stop" })], {
    text: "Hi",
    finishReason: "stop",
  }),
  streamed(
    "only finishReason, in capitals",
    [{ id: "c1", choices: [{ index: 0, delta: { content: "Hi" }, finishReason: "MAX_TOKENS" }] }, done],
    { finishReason: "length", rawFinishReason: "MAX_TOKENS" },
  ),
];
