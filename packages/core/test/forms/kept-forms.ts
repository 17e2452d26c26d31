import { completion, delta, done, finish } from "../support/fake-fetch.ts";
import { answered, type Form, call, oslo, streamed, wantedCall } from "./form.ts";

/** Fields that must be sent back. */
export const keptForms: Form[] = [
  answered(
    "unknown fields of a call",
    completion(
      { content: null, tool_calls: [{ ...call, extra_content: { google: { thought_signature: "SIG1" } } }] },
      "tool_calls",
    ),
    {
      toolCalls: [{ ...wantedCall, extra: { extra_content: { google: { thought_signature: "SIG1" } } } }],
      messageHas: "/SIG1/",
    },
  ),
  streamed(
    "unknown fields of a call in a later fragment",
    [
      delta({ tool_calls: [{ index: 0, id: "t1", function: { name: "weather", arguments: "" } }] }),
      delta({
        tool_calls: [
          { index: 0, function: { arguments: oslo }, extra_content: { google: { thought_signature: "SIG2" } } },
        ],
      }),
      finish("tool_calls"),
      done,
    ],
    { toolCalls: [wantedCall], messageHas: "/SIG2/" },
  ),
  streamed(
    "unknown fields of two calls stay separate",
    [
      delta({ tool_calls: [{ index: 0, ...call, extra_content: { s: "A" } }] }),
      delta({ tool_calls: [{ index: 1, ...call, id: "t2", extra_content: { s: "B" } }] }),
      finish("tool_calls"),
      done,
    ],
    {
      toolCalls: [
        { ...wantedCall, extra: { extra_content: { s: "A" } } },
        { ...wantedCall, id: "t2", extra: { extra_content: { s: "B" } } },
      ],
    },
  ),
  answered(
    "thinking_blocks, one of them redacted (LiteLLM)",
    completion({
      content: "Hi",
      reasoning_content: "Hm",
      thinking_blocks: [
        { type: "thinking", thinking: "Hm", signature: "SIG3" },
        { type: "redacted_thinking", data: "RED4" },
      ],
    }),
    { reasoning: "Hm", messageHas: "/SIG3.*RED4/" },
  ),
  answered(
    "thinking_blocks without a reasoning field",
    completion({ content: "Hi", thinking_blocks: [{ type: "thinking", thinking: "Hm", signature: "SIG3" }] }),
    { reasoning: "Hm", text: "Hi", messageHas: "/SIG3/" },
  ),
  answered(
    "`reasoning` parts with a summary (Databricks)",
    completion({
      content: [
        { type: "reasoning", summary: [{ type: "summary_text", text: "Hm", signature: "SIG5" }] },
        { type: "text", text: "Hi" },
      ],
    }),
    { reasoning: "Hm", text: "Hi", messageHas: "/SIG5/" },
  ),
  streamed(
    "`reasoning` parts in pieces (Databricks)",
    [
      delta({ content: [{ type: "reasoning", summary: [{ type: "summary_text", text: "H" }] }] }),
      delta({ content: [{ type: "reasoning", summary: [{ type: "summary_text", text: "m", signature: "SIG6" }] }] }),
      delta({ content: "Hi" }),
      finish(),
      done,
    ],
    { reasoning: "Hm", text: "Hi", messageHas: "/SIG6/" },
  ),
  answered(
    "reasoning_text and reasoning_opaque (Copilot)",
    completion({ content: "Hi", reasoning_text: "Hm", reasoning_opaque: "OPQ7" }),
    { reasoning: "Hm", text: "Hi", messageHas: "/OPQ7/" },
  ),
  streamed(
    "reasoning_text in pieces, reasoning_opaque last (Copilot)",
    [
      delta({ reasoning_text: "H" }),
      delta({ reasoning_text: "m" }),
      delta({ content: "Hi" }),
      delta({ reasoning_opaque: "OPQ8" }),
      finish(),
      done,
    ],
    { reasoning: "Hm", text: "Hi", messageHas: "/OPQ8/" },
  ),
  answered("a refusal", completion({ content: null, refusal: "I cannot help." }), {
    text: "I cannot help.",
    refusal: "I cannot help.",
    finishReason: "content-filter",
    messageHas: '/"refusal":"I cannot help."/',
  }),
  streamed("a refusal in pieces", [delta({ refusal: "I can" }), delta({ refusal: "not." }), finish(), done], {
    text: "I cannot.",
    refusal: "I cannot.",
    finishReason: "content-filter",
  }),
];
