import type * as Sdk from "@ai-sdk/provider";
import type { ChatEvent, ChatResult, ToolCall, Usage } from "@llm-provider/core";
import { ownFields, readDataUrl } from "@llm-provider/core/internal";
import { bridgeKey, type Kept } from "./to-messages.ts";

type Part = Sdk.LanguageModelV4StreamPart;

/** Writes the parts of one stream. Only one block of text or reasoning is open at a time. The last content part carries the message's own fields. */
export class PartWriter {
  readonly #write: (part: Part) => unknown;
  /** The ids of calls whose arguments are still arriving, by index. */
  readonly #inputs = new Map<number, string>();
  #open: { type: "text" | "reasoning"; id: string; refusal: true | undefined } | undefined;
  /** A whole part that is held back until the next one, because it may be the last. */
  #held: Sdk.LanguageModelV4ToolCall | Sdk.LanguageModelV4File | undefined;
  #blocks = 0;

  constructor(write: (part: Part) => unknown) {
    this.#write = write;
  }

  /** Writes the parts for one event. `finish()` writes the end. */
  add(event: ChatEvent): void {
    if (event.type === "text")
      return void this.#write({ type: "text-delta", id: this.#block("text", event.refusal), delta: event.text });
    if (event.type === "reasoning")
      return void this.#write({ type: "reasoning-delta", id: this.#block("reasoning"), delta: event.text });
    if (event.type === "tool-call-delta")
      this.#write({ type: "tool-input-delta", id: this.#inputs.get(event.index)!, delta: event.arguments });
    else if (event.type === "start") this.#write({ type: "response-metadata", id: event.id, modelId: event.model });
    else if (event.type !== "finish") this.#close();
    if (event.type === "image") this.#held = toFile(event.url);
    else if (event.type === "tool-call-start") {
      const { index, id, name: toolName, kind } = event;
      this.#inputs.set(index, id);
      this.#write({ type: "tool-input-start", id, toolName, ...(kind && { inputEncoding: "text" }) });
    } else if (event.type === "tool-call") {
      this.#endInput(event.index);
      this.#held = toToolCall(event.toolCall);
    }
  }

  finish(result: ChatResult): void {
    const message = ownFields(result.message);
    if (!this.#open && !this.#held && Object.keys(message).length > 1) this.#block("reasoning");
    this.#close({ message });
    this.#write({ type: "finish", ...endingOf(result) });
  }

  /** Closes all open blocks, then writes the error and `finish`. */
  fail(error: unknown): void {
    this.#close();
    for (const index of this.#inputs.keys()) this.#endInput(index);
    this.#write({ type: "error", error });
    this.#write({ type: "finish", finishReason: { unified: "error", raw: undefined }, usage: toUsage({}) });
  }

  /** Returns the id of the open block of this type, or opens a new one. */
  #block(type: "text" | "reasoning", refusal?: true): string {
    if (this.#open?.type === type && this.#open.refusal === refusal) return this.#open.id;
    this.#close();
    this.#open = { type, id: `${type}-${this.#blocks++}`, refusal };
    this.#write({ type: `${type}-start`, id: this.#open.id });
    return this.#open.id;
  }

  #close(kept: Kept = {}): void {
    if (this.#held) this.#write(keep(this.#held, kept));
    const { type, id = "", refusal } = this.#open ?? {};
    if (type) this.#write(keep({ type: `${type}-end`, id }, { refusal, ...kept }));
    this.#held = this.#open = undefined;
  }

  #endInput(index: number): void {
    this.#write({ type: "tool-input-end", id: this.#inputs.get(index)! });
    this.#inputs.delete(index);
  }
}

/** Returns the parts of a whole answer. */
export function contentOf(result: ChatResult): Sdk.LanguageModelV4Content[] {
  const { reasoning, refusal, images = [], toolCalls, message } = result;
  const own = ownFields(message);
  const parts: Sdk.LanguageModelV4Content[] = [];
  if (reasoning !== "") parts.push({ type: "reasoning", text: reasoning });
  if (typeof message.content === "string" && message.content !== "")
    parts.push({ type: "text", text: message.content });
  if (refusal !== undefined) parts.push(keep({ type: "text", text: refusal }, { refusal: true }));
  parts.push(...images.map(toFile), ...toolCalls.map(toToolCall));
  if (parts.length === 0 && Object.keys(own).length > 1) parts.push({ type: "reasoning", text: "" });
  return parts.map((part, index) => (index === parts.length - 1 ? keep(part, { message: own }) : part));
}

/** Returns how an answer ended, and in `providerMetadata` everything for which AI SDK has no field. */
export function endingOf(result: ChatResult): Omit<Extract<Part, { type: "finish" }>, "type"> {
  const { finishReason: unified, rawFinishReason: raw, usage = {}, message, changes, metadata, response } = result;
  const { cost } = usage as Partial<Usage>;
  const { requestId, limits } = response;
  const told = plain({ provider: message.provider, cost, limits, changes, requestId, ...metadata });
  return { finishReason: { unified, raw }, usage: toUsage(usage), providerMetadata: { [bridgeKey]: told } };
}

function toUsage(usage: Partial<Usage>): Sdk.LanguageModelV4Usage {
  const { inputTokens: input, outputTokens: output, cachedInputTokens: cacheRead, reasoningTokens: reasoning } = usage;
  const less = (total: number | undefined, part = 0): number | undefined =>
    total === undefined ? total : total - part;
  return {
    inputTokens: { total: input, noCache: less(input, cacheRead), cacheRead, cacheWrite: undefined },
    outputTokens: { total: output, text: less(output, reasoning), reasoning },
    ...(input !== undefined && { raw: plain(usage) }),
  };
}

function keep<Of extends Part | Sdk.LanguageModelV4Content>(part: Of, kept: Kept): Of {
  const before = "providerMetadata" in part ? part.providerMetadata?.[bridgeKey] : {};
  const told = { ...before, ...plain(kept) };
  return Object.keys(told).length === 0 ? part : { ...part, providerMetadata: { [bridgeKey]: told } };
}

function toToolCall({ id, name, arguments: text, kind, extra }: ToolCall): Sdk.LanguageModelV4ToolCall {
  const input = kind ? JSON.stringify(text) : text;
  return keep({ type: "tool-call", toolCallId: id, toolName: name, input }, { kind, extra });
}

function toFile(address: string): Sdk.LanguageModelV4File {
  const { mediaType = "image/png", data } = readDataUrl(address) ?? {};
  const file = data === undefined ? { type: "url" as const, url: new URL(address) } : { type: "data" as const, data };
  return { type: "file", mediaType, data: file };
}

/** Removes undefined values, which are not JSON. */
function plain(value: object): Sdk.JSONObject {
  return JSON.parse(JSON.stringify(value)) as Sdk.JSONObject;
}
