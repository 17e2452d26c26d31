import type { ChatEvent, FinishReason, Usage } from "../chat/chat-event.ts";
import { collectToolCalls, type ToolCallCollector } from "./collect-tool-calls.ts";
import type { AnswerSummary, Decoder } from "../chat/dialect.ts";
import type { Json, JsonObject } from "../json.ts";
import { readField } from "../read-field.ts";
import { joinReasoningDetails } from "./join-reasoning-details.ts";
import { readUsageCounts } from "./read-usage.ts";
import { readReasoning } from "./read-reasoning.ts";

const finishReasons: { readonly [raw: string]: FinishReason } = {
  stop: "stop",
  end_turn: "stop",
  length: "length",
  max_tokens: "length",
  model_length: "length",
  tool_calls: "tool-calls",
  function_call: "tool-calls",
  content_filter: "content-filter",
  error: "error",
};

type Decoding = {
  isStarted: boolean;
  hasContent: boolean;
  isRefused: boolean;
  rawFinishReason: string | undefined;
  usage: Usage | undefined;
  toolCalls: ToolCallCollector | undefined;
  details: JsonObject[] | undefined;
  id: string | undefined;
  model: string | undefined;
  tier: string | undefined;
};

/** Reads Chat Completions: chunks of a stream and whole answers alike. Only choice 0. */
export function decodeChatCompletions(): Decoder {
  const decoding: Decoding = {
    isStarted: false,
    hasContent: false,
    isRefused: false,
    rawFinishReason: undefined,
    usage: undefined,
    toolCalls: undefined,
    details: undefined,
    id: undefined,
    model: undefined,
    tier: undefined,
  };
  return {
    push: (chunk, out) => readChunk(decoding, chunk, out),
    end: (terminated, out) => finish(decoding, terminated, out),
    summary: () => summarize(decoding),
  };
}

function readChunk(decoding: Decoding, chunk: JsonObject, out: ChatEvent[]): void {
  if (!decoding.isStarted) start(decoding, chunk, out);
  else if (decoding.model === undefined) identify(decoding, chunk);
  readUsage(decoding, chunk);
  const choices = readField(chunk, "choices");
  if (!Array.isArray(choices)) return;
  for (let position = 0; position < choices.length; position++) {
    const choice = choices[position] as JsonObject;
    if (typeof choice !== "object" || choice === null || (readField(choice, "index") ?? position) !== 0) continue;
    const reason = readField(choice, "finish_reason");
    if (typeof reason === "string" && reason !== "") {
      decoding.rawFinishReason = reason;
      // Some vendors count in an object of their own, in the chunk that ends the answer.
      if (!decoding.usage) for (const own of Object.values(chunk)) readUsage(decoding, own);
    }
    if (readField(choice, "usage")) readUsage(decoding, choice);
    const delta = readField(choice, "delta");
    if (isObject(delta) && readMessage(decoding, delta, out)) decoding.hasContent = true;
    if (decoding.hasContent) continue;
    // Whole answers have a message; some streams repeat in it what the deltas said.
    const message = readField(choice, "message");
    if (isObject(message)) decoding.hasContent = readMessage(decoding, message, out, true);
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null;
}

function start(decoding: Decoding, chunk: JsonObject, out: ChatEvent[]): void {
  decoding.isStarted = true;
  identify(decoding, chunk);
  const event: ChatEvent = { type: "start", id: decoding.id, model: decoding.model };
  // Taken off at the end: what is spread together has a shape that V8 forgets with its last event, and with the shape the
  // compiled code of every loop that reads events.
  if (event.model === undefined) delete event.model;
  if (event.id === undefined) delete event.id;
  out.push(event);
}

/** Some endpoints open with a chunk that has neither. */
function identify(decoding: Decoding, { id, model }: JsonObject): void {
  if (decoding.id === undefined && typeof id === "string" && id !== "") decoding.id = id;
  if (decoding.model === undefined && typeof model === "string" && model !== "") decoding.model = model;
}

/** Usage stands in a chunk or in a choice; the last that counts something holds. */
function readUsage(decoding: Decoding, holder: unknown): void {
  if (!isObject(holder)) return;
  const tier = readField(holder, "service_tier");
  if (typeof tier === "string") decoding.tier = tier;
  const wire = readField(holder, "usage");
  if (isObject(wire)) decoding.usage = readUsageCounts(wire) ?? decoding.usage;
}

/** A delta, or a message; false when there was nothing in it. */
function readMessage(decoding: Decoding, message: JsonObject, out: ChatEvent[], isWhole = false): boolean {
  const before = out.length;
  let content: Json | undefined;
  let refusal: Json | undefined;
  let calls: Json | undefined;
  let hasReasoning = false;
  // The fields that are there, and not the six that may be: a delta has one or two.
  for (const name in message) {
    if (name === "content") content = message[name];
    else if (name === "refusal") refusal = message[name];
    else if (name === "tool_calls") calls = message[name];
    else if (name.startsWith("reasoning")) hasReasoning = true;
  }
  if (hasReasoning || Array.isArray(content)) {
    const reasoning = readReasoning(message, (blocks) => (decoding.details ??= []).push(...blocks));
    if (reasoning !== "") out.push({ type: "reasoning", text: reasoning });
  }
  if (typeof content === "string") {
    if (content !== "") out.push({ type: "text", text: content });
  } else if (Array.isArray(content)) readText(content as JsonObject[], out);
  if (typeof refusal === "string" && refusal !== "") {
    decoding.isRefused = true;
    out.push({ type: "text", text: refusal });
  }
  if (!Array.isArray(calls) || calls.length === 0) return out.length > before;
  decoding.toolCalls ??= collectToolCalls();
  for (let position = 0; position < calls.length; position++) {
    const call = (calls[position] ?? {}) as JsonObject;
    const called = (readField(call, "function") ?? {}) as JsonObject;
    // In a whole answer each entry is a call of its own.
    const index = readField(call, "index") ?? (isWhole ? position : undefined);
    decoding.toolCalls.add(
      { index, id: readField(call, "id"), name: readField(called, "name"), arguments: readField(called, "arguments") },
      out,
    );
  }
  return true;
}

function readText(parts: readonly JsonObject[], out: ChatEvent[]): void {
  for (const part of parts) {
    const text = part?.["text"];
    if (part?.["type"] === "text" && typeof text === "string" && text !== "") out.push({ type: "text", text });
  }
}

function finish(decoding: Decoding, terminated: boolean, out: ChatEvent[]): void {
  const { rawFinishReason, usage, toolCalls, isRefused } = decoding;
  if (rawFinishReason === undefined && !terminated)
    throw new Error("The answer broke off: it ended without a finish reason or an end mark.");
  if (!decoding.isStarted) start(decoding, {}, out);
  toolCalls?.end(out);
  const mapped =
    rawFinishReason === undefined
      ? undefined
      : Object.hasOwn(finishReasons, rawFinishReason)
        ? finishReasons[rawFinishReason]
        : "other";
  const finishReason = isRefused ? "content-filter" : (mapped ?? (toolCalls?.count ? "tool-calls" : "other"));
  const event: ChatEvent = { type: "finish", finishReason, rawFinishReason, usage };
  if (usage === undefined) delete event.usage;
  if (rawFinishReason === undefined) delete event.rawFinishReason;
  out.push(event);
}

function summarize({ id, model, tier, details }: Decoding): AnswerSummary {
  const joined = details && joinReasoningDetails(details);
  return { id, model, tier, reasoningDetails: joined?.length ? joined : undefined };
}
