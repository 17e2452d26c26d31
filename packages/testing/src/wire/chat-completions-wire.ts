import type { Definition, Json, JsonObject } from "@llm-provider/core";
import { readChatCompletionsAnswer } from "./read-chat-completions-answer.ts";
import { setPath } from "./set-path.ts";
import type { Answer, Tokens, Wire } from "./wire.ts";

/** The endpoint's side of OpenAI Chat Completions. */
export const chatCompletionsWire: Wire = {
  finishReasons: { stop: "stop", length: "length", "tool-calls": "tool_calls", "content-filter": "content_filter" },
  readRequest: (body) => body as ReturnType<Wire["readRequest"]>,
  wantsStream: (body) => body["stream"] === true,
  writeAnswer(answer, definition) {
    const { reasoning, content } = writeReasoning(answer, formOf(definition));
    const message = {
      role: "assistant",
      content: content ?? (answer.text === "" && answer.toolCalls.length > 0 ? null : answer.text),
      ...reasoning,
      ...(answer.toolCalls.length > 0 && {
        tool_calls: answer.toolCalls.map((call, index) => ({ index, ...wholeCall(call) })),
      }),
    };
    return withExtra(answer, {
      ...head(answer, "chat.completion"),
      choices: Array.from({ length: answer.choices ?? 1 }, (_, index) => ({
        index,
        message,
        finish_reason: answer.finishReason ?? null,
      })),
      ...(answer.tokens && { usage: usageOf(answer.tokens) }),
    });
  },
  writeChunks(answer, definition, usage) {
    const deltas: JsonObject[] = [{ role: "assistant", content: "" }];
    deltas.push(...reasoningDeltas(answer, formOf(definition)));
    for (const text of cutText(answer.text)) deltas.push({ content: text });
    const { toolCalls = "whole", usage: place = "with-finish" } = definition.streaming ?? {};
    deltas.push(...(toolCalls === "whole" ? wholeCalls(answer) : callFragments(answer)));

    const chunkHead = head(answer, "chat.completion.chunk");
    const chunk = (delta: JsonObject, finish: string | null): JsonObject => ({
      ...chunkHead,
      choices: [{ index: 0, delta, finish_reason: finish }],
    });
    const chunks = deltas.map((delta) => chunk(delta, null));
    for (let index = 1; index < (answer.choices ?? 1); index++)
      for (const [delta, finish] of [
        ...deltas.map((one) => [one, null] as const),
        [{}, answer.finishReason ?? null] as const,
      ])
        chunks.push({ ...chunkHead, choices: [{ index, delta, finish_reason: finish }] });
    const isCounted = answer.tokens !== undefined && usage && place !== "none";
    const counted = { usage: isCounted ? usageOf(answer.tokens) : null };
    const last = chunk({}, answer.finishReason ?? null);
    chunks.push(withExtra(answer, isCounted && place === "with-finish" ? { ...last, ...counted } : last));
    if (isCounted && place === "own-chunk") chunks.push({ ...chunkHead, choices: [], ...counted });
    if (isCounted && place === "own-choice") {
      chunks.push({ ...chunk({ role: "assistant", content: "" }, null), ...counted });
    }
    return chunks;
  },
  writeError: ({ message, type, parameter, status }) => ({
    error: { message, type, param: parameter ?? null, code: status === 401 ? "invalid_api_key" : null },
  }),
  writeModels: (ids) => ({
    object: "list",
    data: ids.map((id) => ({ id, object: "model", created: 1_700_000_000, owned_by: "twin" })),
  }),
  readEmbeddings: ({ model, input, dimensions }) => ({
    model: model as string,
    input: (Array.isArray(input) ? input : [input]) as readonly string[],
    ...(dimensions !== undefined && { dimensions: dimensions as number }),
  }),
  // In reverse: only `index` has the order of the texts.
  writeEmbeddings: ({ model, embeddings, tokens }) => ({
    object: "list",
    data: embeddings.map((embedding, index) => ({ object: "embedding", index, embedding })).toReversed(),
    model,
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  }),
  readAnswer: readChatCompletionsAnswer,
};

function formOf(definition: Definition): ReasoningForm {
  return definition.dialect.settings?.reasoning ?? "reasoning_content";
}

function head({ id, created, model }: Answer, object: string): JsonObject {
  return { id, object, created, model };
}

function usageOf({ input, output, total, cached, reasoning }: Tokens): JsonObject {
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: total ?? input + output,
    ...(cached !== undefined && { prompt_tokens_details: { cached_tokens: cached } }),
    ...(reasoning !== undefined && { completion_tokens_details: { reasoning_tokens: reasoning } }),
  };
}

/** Blocks come in fragments too: their text piece by piece, everything else with the last. */
function reasoningDeltas(answer: Answer, form: ReasoningForm): JsonObject[] {
  const pieces = cutText(answer.reasoning);
  const [block] = (answer.reasoningDetails ?? []) as readonly JsonObject[];
  return pieces.map((text, index) => {
    const isLast = index === pieces.length - 1;
    const fragment = block && { type: block["type"], index: block["index"], ...(isLast && block), text };
    const part = { ...answer, text: "", reasoning: text, reasoningDetails: fragment ? [fragment as JsonObject] : [] };
    const { reasoning, content } = writeReasoning(part, form);
    return content === undefined ? { content: null, ...reasoning } : { content };
  });
}

function wholeCall({ id, name, arguments: text }: Answer["toolCalls"][number]): JsonObject {
  return { id, type: "function", function: { name, arguments: text } };
}

function wholeCalls({ toolCalls }: Answer): JsonObject[] {
  return toolCalls.map((call, index) => ({ tool_calls: [{ index, ...wholeCall(call) }] }));
}

function callFragments({ toolCalls }: Answer): JsonObject[] {
  return toolCalls.flatMap((call, index) => [
    { tool_calls: [{ index, ...wholeCall({ ...call, arguments: "" }) }] },
    ...cutText(call.arguments).map((text) => ({ tool_calls: [{ index, function: { arguments: text } }] })),
  ]);
}

function withExtra({ extra }: Answer, body: JsonObject): JsonObject {
  return Object.entries(extra).reduce<Json>((json, [path, value]) => setPath(json, path, value), body) as JsonObject;
}

const segmenter = new Intl.Segmenter("en", { granularity: "word" });
const enough = 10;

/** A text in pieces of a word or two, as endpoints send it. Joined they are the text. */
export function cutText(text: string): string[] {
  const pieces: string[] = [];
  for (const { segment } of segmenter.segment(text)) {
    const last = pieces.at(-1);
    if (last !== undefined && last.length < enough) pieces[pieces.length - 1] = last + segment;
    else pieces.push(segment);
  }
  return pieces;
}

/** The endpoint's side of a definition's dialect: its own, or that of Chat Completions with the definition's changes. */
export async function wireOf({ name, dialect }: Definition): Promise<Wire> {
  const brought = await dialect.server?.();
  if (dialect.settings) return { ...chatCompletionsWire, ...(brought?.wire as Partial<Wire> | undefined) };
  if (brought) return brought.wire as Wire;
  throw new TypeError(
    `The dialect of ${name} has no \`server\`, so the kit cannot write answers of its endpoint. ` +
      "Give the dialect one: `server: async () => ({ wire })`, with a `Wire` of @llm-provider/testing.",
  );
}

/** The four fields in which endpoints of this format put reasoning. */
export type ReasoningForm = "reasoning_content" | "reasoning" | "details" | "parts";

/** An answer's reasoning in one of the four forms: fields beside `content`, or a `content` made of parts. */
export function writeReasoning(answer: Answer, form: ReasoningForm): { reasoning: JsonObject; content?: Json } {
  const { reasoning: text, text: visible, reasoningDetails } = answer;
  if (text === "") return { reasoning: {} };
  switch (form) {
    case "reasoning_content":
      return { reasoning: { reasoning_content: text } };
    case "reasoning":
      return { reasoning: { reasoning: text } };
    case "details": {
      const details = reasoningDetails ?? [];
      return { reasoning: { reasoning: text, ...(details.length > 0 && { reasoning_details: details }) } };
    }
    case "parts": {
      const parts: Json[] = [{ type: "thinking", thinking: [{ type: "text", text }] }];
      if (visible !== "") parts.push({ type: "text", text: visible });
      return { reasoning: {}, content: parts };
    }
  }
}
