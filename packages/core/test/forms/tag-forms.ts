import { completion, delta, done, finish } from "../support/fake-fetch.ts";
import { answered, type Form, call, dialect, streamed, wantedCall } from "./form.ts";

/** Kind 8: tags and cumulative text. */
export const tagForms: Form[] = [
  streamed(
    "a tag cut in each place",
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
    "what looks like a tag and is none",
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
    "a closing tag of another name is text inside",
    [delta({ content: "<think>A</reasoning>B</think>y" }), finish(), done],
    { reasoning: "A</reasoning>B", text: "y" },
    dialect({ reasoningTags: ["think", "reasoning"] }),
  ),
  streamed("tags are text where nothing was declared", [delta({ content: "<think>Hm</think>Hi" }), finish(), done], {
    reasoning: "",
    text: "<think>Hm</think>Hi",
  }),
  streamed(
    "tags beside a field",
    [delta({ reasoning_content: "Hm" }), delta({ content: "<think></think>Hi" }), finish(), done],
    { reasoning: "Hm", text: "Hi" },
    dialect({ reasoningTags: ["think"] }),
  ),
  streamed(
    "tags in text that grows",
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
    "text that grows, repeated at the end",
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
    "text that grows, an empty delta last",
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
