import type { Json, JsonObject } from "@llm-provider/core";
import { readPath } from "@llm-provider/core/internal";
import type { Check } from "../kit/check.ts";
import { codeOf, same } from "../kit/expect.ts";
import { chatFrom, streamFrom } from "../kit/send.ts";

/** Whole answers that are odd, incomplete or not answers at all. */
export const chatEdgeCases: readonly Check[] = [
  {
    name: "reads-empty-text",
    by: "faults",
    title: "an answer without text has an empty text: neither null nor an error",
    async run(kit) {
      const empty = kit.wire.writeAnswer(kit.answer({ text: "" }), kit.definition);
      const bodies: Json[] = [empty];
      if (kit.definition.dialect.settings)
        for (const content of [null, []]) bodies.push(replaceContent(empty, content));
      for (const body of bodies) {
        const { text, toolCalls, reasoning, message } = await chatFrom(kit, kit.json(200, body));
        same(
          { text, toolCalls, reasoning, content: message.content },
          { text: "", toolCalls: [], reasoning: "", content: "" },
          { at: JSON.stringify(readPath(body, "choices.0.message.content") ?? "") },
        );
      }
    },
  },
  {
    name: "invents-no-token-counts",
    by: "faults",
    title: "token counts are taken as they are; missing ones stay missing, and a missing total is the sum",
    async run(kit) {
      same((await chatFrom(kit, kit.whole(kit.answer({ tokens: undefined })))).usage, undefined, { at: "no usage" });
      if (!kit.definition.dialect.settings) return;
      const body = kit.wire.writeAnswer(kit.answer(), kit.definition);
      const cases: [Json, object | undefined][] = [
        [null, undefined],
        [
          { prompt_tokens: 5, completion_tokens: 2 },
          { inputTokens: 5, outputTokens: 2, totalTokens: 7 },
        ],
        [
          { prompt_tokens: 5, completion_tokens: 2, total_tokens: 7, x_ms: 1, prompt_tokens_details: null },
          { inputTokens: 5, outputTokens: 2, totalTokens: 7 },
        ],
        [
          { prompt_tokens: 5, completion_tokens: 2, total_tokens: 9, prompt_tokens_details: { cached_tokens: 0 } },
          { inputTokens: 5, outputTokens: 2, totalTokens: 9, cachedInputTokens: 0 },
        ],
      ];
      for (const [usage, expected] of cases) {
        const { cost: _cost, ...counts } =
          (await chatFrom(kit, kit.json(200, { ...body, usage }))).usage ?? ({} as { cost?: number });
        same(counts, expected ?? {}, { at: JSON.stringify(usage) });
      }
    },
  },
  {
    name: "reads-the-first-choice",
    by: "faults",
    title: "of several choices the first is read",
    applies: ({ dialect }) => dialect.settings !== undefined,
    async run(kit) {
      const body = kit.wire.writeAnswer(kit.answer({ text: "first" }), kit.definition) as { choices: JsonObject[] };
      const second = {
        ...body.choices[0],
        index: 1,
        message: { role: "assistant", content: "second" },
        finish_reason: "length",
      };
      // The index of the first choice is read, whatever it is.
      const orders: [JsonObject[], string[]][] = [
        [
          [body.choices[0]!, second],
          ["first", "stop"],
        ],
        [
          [second, body.choices[0]!],
          ["second", "length"],
        ],
      ];
      for (const [choices, expected] of orders) {
        const { text, finishReason } = await chatFrom(kit, kit.json(200, { ...body, choices }));
        same([text, finishReason], expected);
      }
      const chunks = kit.wire.writeChunks(kit.answer({ text: "one two three four" }), kit.definition, true);
      const others = chunks.map((chunk) => ({
        ...chunk,
        choices: [{ index: 1, delta: { content: "other" }, finish_reason: "length" }],
        usage: null,
      }));
      const mixed = chunks.flatMap((chunk, index) => [chunk, others[index]!]);
      const streamed = await streamFrom(kit, kit.chunks(mixed));
      same([streamed.text, streamed.finishReason], ["one two three four", "stop"], { at: "stream" });
    },
  },
  {
    name: "keeps-text-verbatim",
    by: "faults",
    title: "text is passed on verbatim: spaces at both ends, line breaks, Markdown fences and thinking tags",
    async run(kit) {
      for (const text of [
        "  two spaces, and a line \r\n\n",
        "```json\n{}\n```",
        "<think>\nHm.\n</think>\n\nYes.",
        "null",
        "\\u00e9 & &amp; \" '",
      ]) {
        const whole = await chatFrom(kit, kit.whole(kit.answer({ text })));
        const streamed = await streamFrom(kit, kit.stream(kit.answer({ text })));
        same([whole.text, streamed.text], [text, text], { at: JSON.stringify(text) });
        same([whole.message.content, streamed.message.content], [text, text], {
          at: `${JSON.stringify(text)} in result.message`,
        });
      }
    },
  },
  {
    name: "rejects-what-is-not-a-completion",
    by: "faults",
    title: "a 200 response that is not a completion is an error",
    async run(kit) {
      const bodies: [at: string, text: string][] = [
        ["nothing", ""],
        ["an empty object", "{}"],
        ["an HTML page", "<html><body>Welcome</body></html>"],
        ["a list", "[]"],
        ["JSON that breaks off", '{"id":"answer-1","choices":[{"mess'],
      ];
      if (kit.definition.dialect.settings)
        bodies.push(["no choices", '{"id":"1","choices":[]}'], ["null choices", '{"id":"1","choices":null}']);
      for (const [at, text] of bodies) {
        const reply = { status: 200, headers: { "content-type": "application/json" }, pieces: [text] };
        const error = await kit.rejection(chatFrom(kit, reply), at);
        // A definition may know what it means when there are no choices.
        if (!at.endsWith("choices")) same(codeOf(error), "invalid-response", { at });
      }
    },
  },
  {
    name: "tolerates-space-before-json",
    by: "faults",
    title: "blank lines and a byte order mark before the JSON are skipped; the content type does not matter",
    async run(kit) {
      const { pieces } = kit.whole(kit.answer({ text: "späte Antwort" }));
      const [json] = pieces;
      for (const before of ["\n\n\n", "\r\n \r\n", "\uFEFF"]) {
        const reply = { status: 200, headers: { "content-type": "text/plain" }, pieces: [before, json!] };
        same((await chatFrom(kit, reply)).text, "späte Antwort", { at: `${JSON.stringify(before)} before the JSON` });
      }
    },
  },
];

function replaceContent(body: JsonObject, content: Json): Json {
  const [choice] = body["choices"] as JsonObject[];
  return { ...body, choices: [{ ...choice, message: { ...(choice!["message"] as JsonObject), content } }] };
}
