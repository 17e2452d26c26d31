import type { ChatEvent, Usage } from "../chat/chat-event.ts";
import type { ChatCompletionsOptions, Decoder } from "../chat/dialect.ts";
import { isKeptField } from "../chat/kept-field.ts";
import { WireFault } from "../chat/wire-fault.ts";
import { isJsonObject, type Json, type JsonObject, saysSomething } from "../json.ts";
import { limitDepth } from "../limit-depth.ts";
import { readField } from "../read-field.ts";
import { collectToolCalls, type ToolCallCollector } from "./collect-tool-calls.ts";
import { finishReasonOf } from "./finish-reasons.ts";
import { goesBack } from "./goes-back.ts";
import { keepField, objectsIn, readReasoning, type KeptReasoning } from "./read-reasoning.ts";
import { addToolCalls } from "./add-tool-calls.ts";
import { readUsageCounts } from "./read-usage.ts";
import { TagSplitter } from "./tag-splitter.ts";
import { endText, nextText, startText, type TextFlow } from "./text-flow.ts";

type Settings = Required<ChatCompletionsOptions>;

const textParts: ReadonlySet<unknown> = new Set(["text", "output_text", undefined]);

/**
 * The state of reading one answer. A class would do, but V8 drops the shape of its instances at a garbage collection, and the
 * compiled code with it: CPU ÷ raw was 1.5 instead of 1.1 (bench/README.md).
 */
type Decoding = {
  readonly settings: Settings;
  readonly text: TextFlow;
  readonly reasoning: TextFlow;
  readonly tags: TagSplitter | undefined;
  readonly kept: KeptReasoning;
  readonly images: JsonObject[];
  isStarted: boolean;
  /** A choice was read: this is an answer. */
  isAnswer: boolean;
  hasDelta: boolean;
  hasMessage: boolean;
  hasContent: boolean;
  hasReasoningField: boolean;
  isRefused: boolean;
  /** The index of the choice that is read; undefined until a choice has one. */
  choice: number | undefined;
  rawFinishReason: string | undefined;
  usage: Usage | undefined;
  toolCalls: ToolCallCollector | undefined;
  id: string | undefined;
  model: string | undefined;
  tier: string | undefined;
};

/** Reads Chat Completions: chunks of a stream and whole answers alike. */
export function decodeChatCompletions(settings: Settings): Decoder {
  const isCumulative = settings.text === "cumulative";
  const decoding: Decoding = {
    settings,
    text: startText(isCumulative),
    reasoning: startText(isCumulative),
    tags: settings.reasoningTags.length > 0 ? new TagSplitter(settings.reasoningTags) : undefined,
    kept: { details: [], thinkingBlocks: [], fields: new Map() },
    images: [],
    isStarted: false,
    isAnswer: false,
    hasDelta: false,
    hasMessage: false,
    hasContent: false,
    hasReasoningField: false,
    isRefused: false,
    choice: undefined,
    rawFinishReason: undefined,
    usage: undefined,
    toolCalls: undefined,
    id: undefined,
    model: undefined,
    tier: undefined,
  };
  return {
    push: (chunk, out) => readChunk(decoding, chunk, out),
    end: (terminated, out) => finish(decoding, terminated, out),
    isFinished: () => decoding.rawFinishReason !== undefined,
    summary: () => ({
      id: decoding.id,
      model: decoding.model,
      tier: decoding.tier,
      ...goesBack(decoding.kept, decoding.images),
    }),
  };
}

function readChunk(decoding: Decoding, chunk: JsonObject, out: ChatEvent[]): void {
  if (!decoding.isStarted) start(decoding, chunk, out);
  else if (decoding.model === undefined || decoding.id === undefined) identify(decoding, chunk);
  readUsage(decoding, chunk);
  const choices = readField(chunk, "choices");
  if (!Array.isArray(choices)) return;
  for (let position = 0; position < choices.length; position++) {
    const choice: unknown = choices[position];
    if (isJsonObject(choice)) readChoice(decoding, chunk, choice, out);
  }
}

function finish(decoding: Decoding, terminated: boolean, out: ChatEvent[]): void {
  if (decoding.rawFinishReason === undefined && !decoding.hasMessage && !(terminated && decoding.isAnswer))
    throw new Error("The answer broke off: it ended without a finish reason or an end mark.");
  decoding.tags?.end((text, isInside) => tell(decoding, text, isInside, out));
  add(decoding, "text", endText(decoding.text), out);
  add(decoding, "reasoning", endText(decoding.reasoning), out);
  decoding.toolCalls?.end(out);
  const raw = decoding.rawFinishReason;
  const hasCalls = (decoding.toolCalls?.count ?? 0) > 0;
  const mapped = raw === undefined ? "other" : finishReasonOf(raw, decoding.settings.finishReasons);
  // Several endpoints say "stop" beside calls.
  const isCall = hasCalls && (mapped === "stop" || (mapped === "other" && raw === undefined));
  const finishReason = decoding.isRefused ? "content-filter" : isCall ? "tool-calls" : mapped;
  const event: ChatEvent = { type: "finish", finishReason, rawFinishReason: raw, usage: decoding.usage };
  if (event.usage === undefined) delete event.usage;
  if (raw === undefined) delete event.rawFinishReason;
  out.push(event);
}

function readChoice(decoding: Decoding, chunk: JsonObject, choice: JsonObject, out: ChatEvent[]): void {
  let reason: Json | undefined;
  let usage: Json | undefined;
  let delta: Json | undefined;
  let message: Json | undefined;
  let error: Json | undefined;
  let index: Json | undefined;
  for (const name in choice) {
    if (name === "delta") delta = readField(choice, name);
    else if (name === "index") index = readField(choice, name);
    else if (name === "finish_reason" || name === "finishReason") reason = readField(choice, name) || reason;
    else if (name === "message") message = readField(choice, name);
    else if (name === "usage") usage = readField(choice, name);
    else if (name === "error") error = readField(choice, name);
  }
  // The index that the first choice names is read; choices without an index are all that choice.
  if (typeof index === "number" && index !== (decoding.choice ??= index)) return;
  decoding.isAnswer = true;
  if (typeof reason === "string" && reason !== "") {
    decoding.rawFinishReason = reason;
    if (!decoding.usage) for (const own of Object.values(chunk)) readUsage(decoding, own);
  }
  if (usage) readUsage(decoding, choice);
  if (isJsonObject(delta)) {
    decoding.hasDelta = true;
    if (readMessage(decoding, delta, out, false)) decoding.hasContent = true;
  }
  // Whole answers have a message; some streams repeat in it what the deltas said.
  if (isJsonObject(message) && !(decoding.hasDelta && decoding.hasContent)) {
    decoding.hasMessage ||= !decoding.hasDelta;
    if (readMessage(decoding, message, out, true)) decoding.hasContent = true;
  }
  if (saysSomething(error)) throw new WireFault({ ...chunk, error: error ?? null });
}

function start(decoding: Decoding, chunk: JsonObject, out: ChatEvent[]): void {
  decoding.isStarted = true;
  identify(decoding, chunk);
  const event: ChatEvent = { type: "start", id: decoding.id, model: decoding.model };
  // Taken off at the end: V8 drops the shapes of spread objects, and the compiled code with them.
  if (event.model === undefined) delete event.model;
  if (event.id === undefined) delete event.id;
  out.push(event);
}

function identify(decoding: Decoding, { id, model }: JsonObject): void {
  if (decoding.id === undefined && typeof id === "string" && id !== "") decoding.id = id;
  if (decoding.model === undefined && typeof model === "string" && model !== "") decoding.model = model;
}

/** Usage is in a chunk or in a choice; the last that counts something wins. */
function readUsage(decoding: Decoding, holder: unknown): void {
  if (!isJsonObject(holder)) return;
  const tier = readField(holder, "service_tier");
  if (typeof tier === "string") decoding.tier = tier;
  const wire = readField(holder, "usage");
  const counts = isJsonObject(wire) ? readUsageCounts(wire) : undefined;
  if (counts && (counts.totalTokens > 0 || !decoding.usage)) decoding.usage = counts;
}

/** A delta, or a message; false when there was nothing in it. */
function readMessage(decoding: Decoding, message: JsonObject, out: ChatEvent[], isWhole: boolean): boolean {
  const before = out.length;
  let content: Json | undefined;
  let refusal: Json | undefined;
  let calls: Json | undefined;
  let images: Json | undefined;
  let legacyCall: Json | undefined;
  let thought: Json | undefined;
  let hasReasoning = false;
  // Loops over the fields that exist instead of looking for all eight: a delta has one or two.
  for (const name in message) {
    if (name === "content") content = readField(message, name);
    else if (name === "refusal") refusal = readField(message, name);
    else if (name === "tool_calls") calls = readField(message, name);
    else if (name === "images") images = readField(message, name);
    else if (name === "function_call") legacyCall = readField(message, name);
    else if (name === "reasoning_content") thought = readField(message, name);
    else if (name !== "role") {
      if (name.startsWith("reasoning") || name.startsWith("thinking")) hasReasoning = true;
      if (isKeptField(name)) keepField(decoding.kept, name, readField(message, name));
    }
  }
  if (hasReasoning || Array.isArray(content)) thought = readReasoning(message, decoding.kept);
  if (typeof thought === "string" && thought !== "") {
    decoding.hasReasoningField = true;
    add(decoding, "reasoning", nextText(decoding.reasoning, thought), out);
  }
  if (typeof content === "string") readText(decoding, content, out);
  else if (Array.isArray(content)) readParts(decoding, content, out);
  if (images !== undefined) for (const image of objectsIn(images)) readImage(decoding, image, out);
  if (typeof refusal === "string" && refusal !== "") {
    decoding.isRefused = true;
    out.push({ type: "text", text: refusal, refusal: true });
  }
  const list = isJsonObject(legacyCall) ? [...objectsIn(calls), { function: legacyCall }] : calls;
  if (!Array.isArray(list)) return out.length > before;
  decoding.toolCalls ??= collectToolCalls();
  return addToolCalls(list, isWhole, decoding.toolCalls, out) || out.length > before;
}

function readText(decoding: Decoding, content: string, out: ChatEvent[]): void {
  const text = nextText(decoding.text, content);
  if (decoding.tags) decoding.tags.split(text, (piece, isInside) => tell(decoding, piece, isInside, out));
  else if (text !== "") out.push({ type: "text", text });
}

function readParts(decoding: Decoding, parts: readonly unknown[], out: ChatEvent[]): void {
  for (const part of objectsIn(parts)) {
    const { text, type } = part;
    if (type === "image_url") readImage(decoding, part, out);
    else if (typeof text === "string" && textParts.has(type)) readText(decoding, text, out);
  }
}

/** Reasoning that also came in a field is not repeated. */
function tell(decoding: Decoding, text: string, isInside: boolean, out: ChatEvent[]): void {
  if (isInside) add(decoding, "reasoning", decoding.hasReasoningField ? "" : text, out);
  else add(decoding, "text", text, out);
}

function readImage(decoding: Decoding, image: JsonObject, out: ChatEvent[]): void {
  const holder = readField(image, "image_url");
  const url = isJsonObject(holder) ? readField(holder, "url") : holder;
  if (typeof url !== "string" || url === "") return;
  decoding.images.push(limitDepth(image) as JsonObject);
  out.push({ type: "image", url });
}

function add(decoding: Decoding, type: "text" | "reasoning", text: string, out: ChatEvent[]): void {
  if (text !== "") out.push({ type, text });
}
