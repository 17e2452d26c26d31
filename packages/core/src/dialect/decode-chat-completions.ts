import type { ChatEvent, Usage } from "../chat/chat-event.ts";
import type { AnswerSummary, ChatCompletionsOptions, Decoder } from "../chat/dialect.ts";
import { WireFault } from "../chat/wire-fault.ts";
import type { Json, JsonObject } from "../json.ts";
import { limitDepth } from "../limit-depth.ts";
import { readField } from "../read-field.ts";
import { collectToolCalls, type ToolCallCollector } from "./collect-tool-calls.ts";
import { finishReasonOf } from "./finish-reasons.ts";
import { joinReasoningDetails } from "./join-reasoning-details.ts";
import { objectsIn, readReasoning, type KeptReasoning } from "./read-reasoning.ts";
import { readToolCall } from "./read-tool-call.ts";
import { readUsageCounts } from "./read-usage.ts";
import { TagSplitter } from "./tag-splitter.ts";
import { TextFlow } from "./text-flow.ts";

type Settings = Required<ChatCompletionsOptions>;

/** Types of content parts that are visible text. */
const textParts: ReadonlySet<unknown> = new Set(["text", "output_text", undefined]);

/** Reads Chat Completions: chunks of a stream and whole answers alike. A plain object, which a wrapper may spread. */
export function decodeChatCompletions(settings: Settings): Decoder {
  const decoder = new ChatCompletionsDecoder(settings);
  // A plain object, which a wrapper may spread.
  return {
    push: (chunk, out) => decoder.push(chunk, out),
    end: (terminated, out) => decoder.end(terminated, out),
    isFinished: () => decoder.isFinished(),
    summary: () => decoder.summary(),
  };
}

class ChatCompletionsDecoder implements Required<Decoder> {
  readonly #settings: Settings;
  readonly #text: TextFlow;
  readonly #reasoning: TextFlow;
  readonly #tags: TagSplitter | undefined;
  readonly #kept: KeptReasoning = { details: [], thinkingBlocks: [], texts: new Map() };
  readonly #images: JsonObject[] = [];
  #isStarted = false;
  /** A choice was read: this is an answer. */
  #isAnswer = false;
  #hasDelta = false;
  #hasMessage = false;
  #hasContent = false;
  #hasReasoningField = false;
  #isRefused = false;
  /** The index of the choice that is read; undefined until one names it. */
  #choice: number | undefined;
  #rawFinishReason: string | undefined;
  #usage: Usage | undefined;
  #toolCalls: ToolCallCollector | undefined;
  #id: string | undefined;
  #model: string | undefined;
  #tier: string | undefined;

  constructor(settings: Settings) {
    const isCumulative = settings.text === "cumulative";
    this.#settings = settings;
    this.#text = new TextFlow(isCumulative);
    this.#reasoning = new TextFlow(isCumulative);
    this.#tags = settings.reasoningTags.length > 0 ? new TagSplitter(settings.reasoningTags) : undefined;
  }

  push(chunk: JsonObject, out: ChatEvent[]): void {
    if (!this.#isStarted) this.#start(chunk, out);
    else if (this.#model === undefined) this.#identify(chunk);
    this.#readUsage(chunk);
    const choices = readField(chunk, "choices");
    if (!Array.isArray(choices)) return;
    for (let position = 0; position < choices.length; position++) {
      const choice: unknown = choices[position];
      if (isObject(choice)) this.#readChoice(chunk, choice, out);
    }
  }

  end(terminated: boolean, out: ChatEvent[]): void {
    if (this.#rawFinishReason === undefined && !this.#hasMessage && !(terminated && this.#isAnswer))
      throw new Error("The answer broke off: it ended without a finish reason or an end mark.");
    this.#tags?.end((text, isInside) => this.#tell(text, isInside, out));
    this.#add("text", this.#text.end(), out);
    this.#add("reasoning", this.#reasoning.end(), out);
    this.#toolCalls?.end(out);
    const raw = this.#rawFinishReason;
    const hasCalls = (this.#toolCalls?.count ?? 0) > 0;
    const mapped = raw === undefined ? "other" : finishReasonOf(raw, this.#settings.finishReasons);
    // Several endpoints say that the model stopped where it called tools.
    const isCall = hasCalls && (mapped === "stop" || (mapped === "other" && raw === undefined));
    const finishReason = this.#isRefused ? "content-filter" : isCall ? "tool-calls" : mapped;
    const event: ChatEvent = { type: "finish", finishReason, rawFinishReason: raw, usage: this.#usage };
    if (event.usage === undefined) delete event.usage;
    if (raw === undefined) delete event.rawFinishReason;
    out.push(event);
  }

  isFinished(): boolean {
    return this.#rawFinishReason !== undefined;
  }

  summary(): AnswerSummary {
    const { details, thinkingBlocks, texts } = this.#kept;
    const joined = joinReasoningDetails(details.map((block) => limitDepth(block) as JsonObject));
    const blocks = joinReasoningDetails(thinkingBlocks.map((block) => limitDepth(block) as JsonObject));
    const fields: JsonObject = {
      ...Object.fromEntries(texts),
      ...(blocks.length > 0 && { thinking_blocks: blocks }),
      ...(this.#images.length > 0 && { images: this.#images }),
    };
    return {
      id: this.#id,
      model: this.#model,
      tier: this.#tier,
      reasoningDetails: joined.length > 0 ? joined : undefined,
      messageFields: Object.keys(fields).length > 0 ? fields : undefined,
    };
  }

  #readChoice(chunk: JsonObject, choice: JsonObject, out: ChatEvent[]): void {
    let reason: Json | undefined;
    let usage: Json | undefined;
    let delta: Json | undefined;
    let message: Json | undefined;
    let error: Json | undefined;
    let index: Json | undefined;
    for (const name in choice) {
      if (name === "delta") delta = choice[name];
      else if (name === "index") index = choice[name];
      else if (name === "finish_reason" || name === "finishReason") reason = choice[name] || reason;
      else if (name === "message") message = choice[name];
      else if (name === "usage") usage = choice[name];
      else if (name === "error") error = choice[name];
    }
    // The index that the first choice names is read; choices without an index are all that choice.
    if (typeof index === "number" && index !== (this.#choice ??= index)) return;
    this.#isAnswer = true;
    if (typeof reason === "string" && reason !== "") {
      this.#rawFinishReason = reason;
      // Some vendors count in an object of their own, in the chunk that ends the answer.
      if (!this.#usage) for (const own of Object.values(chunk)) this.#readUsage(own);
    }
    if (usage) this.#readUsage(choice);
    if (isObject(delta)) {
      this.#hasDelta = true;
      if (this.#readMessage(delta, out, false)) this.#hasContent = true;
    }
    // Whole answers have a message; some streams repeat in it what the deltas said.
    if (isObject(message) && !(this.#hasDelta && this.#hasContent)) {
      this.#hasMessage ||= !this.#hasDelta;
      if (this.#readMessage(message, out, true)) this.#hasContent = true;
    }
    if (error) throw new WireFault({ ...chunk, error });
  }

  #start(chunk: JsonObject, out: ChatEvent[]): void {
    this.#isStarted = true;
    this.#identify(chunk);
    const event: ChatEvent = { type: "start", id: this.#id, model: this.#model };
    // Taken off at the end: what is spread together has a shape that V8 forgets with its last event, and with the shape the
    // compiled code of every loop that reads events.
    if (event.model === undefined) delete event.model;
    if (event.id === undefined) delete event.id;
    out.push(event);
  }

  #identify({ id, model }: JsonObject): void {
    if (this.#id === undefined && typeof id === "string" && id !== "") this.#id = id;
    if (this.#model === undefined && typeof model === "string" && model !== "") this.#model = model;
  }

  /** Usage is in a chunk or in a choice; the last that counts something wins. */
  #readUsage(holder: unknown): void {
    if (!isObject(holder)) return;
    const tier = readField(holder, "service_tier");
    if (typeof tier === "string") this.#tier = tier;
    const wire = readField(holder, "usage");
    if (isObject(wire)) this.#usage = readUsageCounts(wire) ?? this.#usage;
  }

  /** A delta, or a message; false when there was nothing in it. */
  #readMessage(message: JsonObject, out: ChatEvent[], isWhole: boolean): boolean {
    const before = out.length;
    let content: Json | undefined;
    let refusal: Json | undefined;
    let calls: Json | undefined;
    let images: Json | undefined;
    let legacyCall: Json | undefined;
    let hasReasoning = false;
    // The fields that are there, and not the eight that may be: a delta has one or two.
    for (const name in message) {
      if (name === "content") content = message[name];
      else if (name === "refusal") refusal = message[name];
      else if (name === "tool_calls") calls = message[name];
      else if (name === "images") images = message[name];
      else if (name === "function_call") legacyCall = message[name];
      else if (name.startsWith("reasoning") || name === "thinking_blocks") hasReasoning = true;
    }
    if (hasReasoning || Array.isArray(content)) {
      const reasoning = readReasoning(message, this.#kept);
      if (reasoning !== "") this.#hasReasoningField = true;
      this.#add("reasoning", this.#reasoning.next(reasoning), out);
    }
    if (typeof content === "string") this.#readText(content, out);
    else if (Array.isArray(content)) this.#readParts(content, out);
    if (images !== undefined) for (const image of objectsIn(images)) this.#readImage(image, out);
    if (typeof refusal === "string" && refusal !== "") {
      this.#isRefused = true;
      out.push({ type: "text", text: refusal, refusal: true });
    }
    const entries = objectsIn(calls);
    if (isObject(legacyCall)) entries.push({ function: legacyCall });
    for (const call of entries) (this.#toolCalls ??= collectToolCalls()).add(readToolCall(call, isWhole), out);
    return out.length > before || entries.length > 0;
  }

  #readText(content: string, out: ChatEvent[]): void {
    const text = this.#text.next(content);
    if (this.#tags) this.#tags.split(text, (piece, isInside) => this.#tell(piece, isInside, out));
    else if (text !== "") out.push({ type: "text", text });
  }

  #readParts(parts: readonly unknown[], out: ChatEvent[]): void {
    for (const part of objectsIn(parts)) {
      const { text, type } = part;
      if (type === "image_url") this.#readImage(part, out);
      else if (typeof text === "string" && textParts.has(type)) this.#readText(text, out);
    }
  }

  /** Reasoning that came in a field too is not told twice. */
  #tell(text: string, isInside: boolean, out: ChatEvent[]): void {
    if (isInside) this.#add("reasoning", this.#hasReasoningField ? "" : text, out);
    else this.#add("text", text, out);
  }

  #readImage(image: JsonObject, out: ChatEvent[]): void {
    const holder = readField(image, "image_url");
    const url = isObject(holder) ? readField(holder, "url") : holder;
    if (typeof url !== "string" || url === "") return;
    this.#images.push(limitDepth(image) as JsonObject);
    out.push({ type: "image", url });
  }

  #add(type: "text" | "reasoning", text: string, out: ChatEvent[]): void {
    if (text !== "") out.push({ type, text });
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null;
}
