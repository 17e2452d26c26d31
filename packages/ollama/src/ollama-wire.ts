import type { Answer, Wire } from "@llm-provider/testing";
import type { ChatRequest, Json, JsonObject, Message } from "@llm-provider/core";
import { ollamaCompatible } from "./ollama-compatible.ts";

/** The server side of `/api/chat`: what a twin reads and writes. The same server offers Chat Completions at `/v1`. */
export const ollamaWire: Wire = {
  faces: [ollamaCompatible],
  finishReasons: { stop: "stop", length: "length", "tool-calls": "stop" },
  readRequest,
  // The server streams by default.
  wantsStream: (body) => body["stream"] !== false,
  writeAnswer: (answer) => ({ ...line(answer, whole(answer)), ...end(answer) }),
  writeChunks(answer) {
    const words = (text: string): string[] => text.match(/\S*\s*/g)?.filter((word) => word !== "") ?? [];
    return [
      ...words(answer.reasoning).map((thinking) => line(answer, { content: "", thinking })),
      ...words(answer.text).map((content) => line(answer, { content })),
      ...calls(answer).map((call) => line(answer, { content: "", tool_calls: [call] })),
      { ...line(answer, { content: "" }), ...end(answer) },
    ];
  },
  writeError: ({ message }) => ({ error: message }),
  writeModels: (ids) => ({ models: ids.map((id) => ({ name: id, model: id, details: { format: "gguf" } })) }),
  readEmbeddings: ({ model, input, dimensions }) => ({
    model: model as string,
    input: (Array.isArray(input) ? input : [input]) as readonly string[],
    ...(dimensions !== undefined && { dimensions: dimensions as number }),
  }),
  writeEmbeddings: ({ model, embeddings, tokens }) => ({
    model,
    embeddings,
    total_duration: 14_143_917,
    load_duration: 1_019_500,
    prompt_eval_count: tokens,
  }),
  readAnswer,
};

/** Converts a body back to the request that a caller writes. */
function readRequest(body: JsonObject): ChatRequest {
  const { options, format, think, messages, ...rest } = body;
  const { num_predict: most, ...others } = (options ?? {}) as JsonObject;
  const isSchema = typeof format === "object" && format !== null;
  return {
    ...(rest as { model: string }),
    ...others,
    messages: (Array.isArray(messages) ? messages : []).map((message) => readMessage(message as JsonObject)),
    ...(most !== undefined && { max_tokens: most as number }),
    ...(isSchema && { response_format: { type: "json_schema", json_schema: { name: "format", schema: format } } }),
    ...(format === "json" && { response_format: { type: "json_object" } }),
    ...(think !== undefined && { think }),
  };
}

function readMessage({ tool_calls: called, thinking, tool_name: _toolName, images, ...rest }: JsonObject): Message {
  const toText = (call: JsonObject): JsonObject => {
    const target = call["function"] as JsonObject;
    return { ...call, function: { ...target, arguments: JSON.stringify(target["arguments"]) } };
  };
  const toPart = (data: Json): JsonObject => ({
    type: "image_url",
    image_url: { url: `data:image/png;base64,${String(data)}` },
  });
  return {
    ...rest,
    ...(Array.isArray(images) && { content: [{ type: "text", text: rest["content"] }, ...images.map(toPart)] }),
    ...(thinking !== undefined && { reasoning: thinking }),
    ...(Array.isArray(called) && { tool_calls: (called as JsonObject[]).map(toText) }),
  } as unknown as Message;
}

function line({ model, created }: Answer, message: JsonObject): JsonObject {
  const created_at = new Date(created * 1000).toISOString();
  return { model, created_at, message: { role: "assistant", ...message }, done: false };
}

function whole(answer: Answer): JsonObject {
  const { text, reasoning, toolCalls } = answer;
  return {
    content: text,
    ...(reasoning !== "" && { thinking: reasoning }),
    ...(toolCalls.length > 0 && { tool_calls: calls(answer) }),
  };
}

function calls({ toolCalls }: Answer): JsonObject[] {
  return toolCalls.map(({ id, name, arguments: text }, index) => ({
    id,
    function: { index, name, arguments: JSON.parse(text || "{}") as Json },
  }));
}

/** The fields of the last line; `extra` contains the times. */
function end({ finishReason, tokens, extra }: Answer): JsonObject {
  return {
    ...extra,
    done: true,
    ...(finishReason !== undefined && { done_reason: finishReason }),
    ...(tokens && { prompt_eval_count: tokens.input, eval_count: tokens.output }),
  };
}

/** Reads a recording without the dialect's decoder, so that the two can be compared. */
function readAnswer(payloads: readonly JsonObject[]): Answer {
  const messages = payloads.map((payload) => (payload["message"] ?? {}) as JsonObject);
  const join = (field: string): string => messages.map((message) => message[field] ?? "").join("");
  const found = messages.flatMap((message) => (message["tool_calls"] ?? []) as JsonObject[]);
  const last: JsonObject = payloads.findLast((payload) => payload["done"] === true) ?? {};
  const { prompt_eval_count: input, eval_count: output, done_reason: reason } = last;
  const isCounted = typeof input === "number" || typeof output === "number";
  return {
    id: "",
    model: String(payloads[0]?.["model"] ?? ""),
    created: 0,
    text: join("content"),
    reasoning: join("thinking"),
    toolCalls: found.map((call, index) => {
      const called = call["function"] as JsonObject;
      const id = String(call["id"] || `call_${index}`);
      return { id, name: String(called["name"]), arguments: JSON.stringify(called["arguments"]) };
    }),
    finishReason: typeof reason === "string" ? reason : undefined,
    ...(isCounted && {
      tokens: {
        input: Number(input ?? 0),
        output: Number(output ?? 0),
        total: Number(input ?? 0) + Number(output ?? 0),
      },
    }),
    extra: {},
  };
}
