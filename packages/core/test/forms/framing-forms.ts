import { completion, delta, done, finish } from "../support/fake-fetch.ts";
import { answered, type Form, call, streamed, wantedCall } from "./form.ts";

/** Framing, surrogate pairs and images. */
export const framingForms: Form[] = [
  streamed(
    "data that begins with a colon",
    [": x\n\n", "data: : keep-alive\n\n", delta({ content: "Hi" }), "data: :\n\n", finish(), done],
    { text: "Hi", finishReason: "stop" },
  ),
  streamed("data that is a colon without a space", ["data::ping\n\n", delta({ content: "Hi" }), finish(), done], {
    text: "Hi",
  }),
  streamed(
    "a surrogate pair split over three chunks",
    ["Hi \uD83D", "", "\uDE00!"].map((content): object => delta({ content })).concat(finish(), done as never),
    { text: "Hi \u{1F600}!", wellFormedEvents: true },
  ),
  streamed(
    "a surrogate pair split in the reasoning",
    ["\uD83D", "\uDE00"]
      .map((content): object => delta({ reasoning_content: content }))
      .concat(delta({ content: "Hi" }), finish(), done as never),
    { text: "Hi", reasoning: "\u{1F600}" },
  ),
  streamed("a lone surrogate at the end", [delta({ content: "Hi \uD83D" }), finish(), done], {
    text: "/^Hi/",
    wellFormedEvents: true,
  }),
  streamed(
    "a lone surrogate, then a call",
    [delta({ content: "Hi \uD83D" }), delta({ tool_calls: [{ index: 0, ...call }] }), finish("tool_calls"), done],
    { toolCalls: [wantedCall], wellFormedEvents: true },
  ),
  streamed(
    "halves of two surrogate pairs",
    ["\uD83D", "\uDE00\uD83D", "\uDE01"].map((content): object => delta({ content })).concat(finish(), done as never),
    { text: "\u{1F600}\u{1F601}", wellFormedEvents: true },
  ),
  answered(
    "images of a whole answer (OpenRouter)",
    completion({
      content: "",
      images: [
        { type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } },
        { type: "image_url", image_url: { url: "https://img.example/1.png" } },
      ],
    }),
    { images: ["data:image/png;base64,AAAA", "https://img.example/1.png"] },
  ),
  streamed(
    "images of a stream",
    [
      delta({ content: "Here", images: [{ type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } }] }),
      delta({ images: [{ type: "image_url", image_url: { url: "data:image/png;base64,BBBB" } }] }),
      finish(),
      done,
    ],
    { text: "Here", images: ["data:image/png;base64,AAAA", "data:image/png;base64,BBBB"] },
  ),
  streamed(
    "malformed images are ignored",
    [delta({ content: "Hi", images: [null, 1, {}, { image_url: null }, { image_url: { url: 7 } }] }), finish(), done],
    { text: "Hi" },
  ),
];
