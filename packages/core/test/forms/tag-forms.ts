import { completion, delta, done, finish } from "../support/fake-fetch.ts";
import { answered, type Form, call, dialect, streamed, wantedCall } from "./form.ts";

/** Thinking tags and cumulative text. */
export const tagForms: Form[] = [
  streamed(
    "a tag that is split at each place",
    [..."<think>Hm</think>Hi"].map((content) => delta({ content })).concat(finish(), done as never),
    { reasoning: "Hm", text: "Hi" },
    dialect({ reasoningTags: ["think"] }),
  ),
  answered(
    "tags in a whole answer",
    completion({ content: "<think>Hm</think>Hi" }),
    { reasoning: "Hm", text: "Hi" },
    dialect({ reasoningTags: ["think"] }),
  ),
  streamed(
    "text that only looks like a tag",
    [
      delta({ content: "a < b <th" }),
      delta({ content: "em> c <thinker> </" }),
      delta({ content: "think" }),
      finish(),
      done,
    ],
    { reasoning: "", text: "a < b <them> c <thinker> </think" },
    dialect({ reasoningTags: ["think"] }),
  ),
  streamed(
    "half a tag at the end of the answer is text",
    [delta({ content: "Hi <thi" }), finish(), done],
    { text: "Hi <thi", reasoning: "" },
    dialect({ reasoningTags: ["think"] }),
  ),
  streamed(
    "a tag that is never closed",
    [delta({ content: "<think>Hm" }), delta({ content: "m" }), finish("length"), done],
    { text: "", reasoning: "Hmm", finishReason: "length" },
    dialect({ reasoningTags: ["think"] }),
  ),
  streamed(
    "two names, several blocks",
    [delta({ content: "<think>A</think>x<reasoning>B</reasoning>y" }), finish(), done],
    { reasoning: "AB", text: "xy" },
    dialect({ reasoningTags: ["think", "reasoning"] }),
  ),
  streamed(
    "a closing tag with another name is text",
    [delta({ content: "<think>A</reasoning>B</think>y" }), finish(), done],
    { reasoning: "A</reasoning>B", text: "y" },
    dialect({ reasoningTags: ["think", "reasoning"] }),
  ),
  streamed("tags are text if the dialect declares none", [delta({ content: "<think>Hm</think>Hi" }), finish(), done], {
    reasoning: "",
    text: "<think>Hm</think>Hi",
  }),
  streamed(
    "tags next to a reasoning field",
    [delta({ reasoning_content: "Hm" }), delta({ content: "<think></think>Hi" }), finish(), done],
    { reasoning: "Hm", text: "Hi" },
    dialect({ reasoningTags: ["think"] }),
  ),
  streamed(
    "tags in cumulative text",
    [
      delta({ content: "<thi" }),
      delta({ content: "<think>H" }),
      delta({ content: "<think>Hm</think>" }),
      delta({ content: "<think>Hm</think>Hi" }),
      finish(),
      done,
    ],
    { reasoning: "Hm", text: "Hi" },
    dialect({ reasoningTags: ["think"], text: "cumulative" }),
  ),
  streamed(
    "cumulative text that is repeated at the end",
    [
      delta({ content: "Hi" }),
      delta({ content: "Hi there" }),
      delta({ content: "Hi there" }, { finish_reason: "stop" }),
      done,
    ],
    { text: "Hi there" },
    dialect({ text: "cumulative" }),
  ),
  streamed(
    "cumulative text with an empty delta",
    [delta({ content: "Hi" }), delta({ content: "" }), delta({ content: "Hi there" }), finish(), done],
    { text: "Hi there" },
    dialect({ text: "cumulative" }),
  ),
  streamed(
    "tags before a call",
    [
      delta({ content: "<think>Hm</think>" }),
      delta({ tool_calls: [{ index: 0, ...call }] }),
      finish("tool_calls"),
      done,
    ],
    { reasoning: "Hm", text: "", toolCalls: [wantedCall] },
    dialect({ reasoningTags: ["think"] }),
  ),
];
