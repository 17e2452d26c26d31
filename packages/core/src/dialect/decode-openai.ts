import type { ChatEvent, FinishReason, Usage } from "../chat/chat-event.ts";
import { collectToolCalls, type ToolCallCollector } from "./collect-tool-calls.ts";
import type { AnswerSummary, Decoder } from "./dialect.ts";
import type { Json, JsonObject } from "../json.ts";
import { joinReasoningDetails } from "./join-reasoning-details.ts";
import { readOpenaiUsage } from "./read-openai-usage.ts";
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

/** Reads Chat Completions: chunks of a stream and whole answers alike. Only choice 0. */
export function decodeOpenai(): Decoder {
  let isStarted = false;
  let hasContent = false;
  let isRefused = false;
  let rawFinishReason: string | undefined;
  let usage: Usage | undefined;
  let toolCalls: ToolCallCollector | undefined;
  let details: JsonObject[] | undefined;
  const summary: AnswerSummary = {};

  return {
    push(chunk, out) {
      if (!isStarted) start(chunk, out);
      else if (summary.model === undefined) identify(chunk);
      readUsage(chunk);
      const choices = chunk["choices"];
      if (!Array.isArray(choices)) return;
      for (let position = 0; position < choices.length; position++) {
        const choice = choices[position] as JsonObject;
        if (typeof choice !== "object" || choice === null || (choice["index"] ?? position) !== 0) continue;
        if (typeof choice["finish_reason"] === "string" && choice["finish_reason"] !== "") {
          rawFinishReason = choice["finish_reason"];
          // Some vendors count in an object of their own, in the chunk that ends the answer.
          if (!usage) for (const own of Object.values(chunk)) readUsage(own);
        }
        readUsage(choice);
        const { delta, message } = choice;
        if (typeof delta === "object" && delta !== null && read(delta as JsonObject, out)) hasContent = true;
        // Whole answers have a message; some streams repeat in it what the deltas said.
        else if (typeof message === "object" && message !== null && !hasContent)
          hasContent = read(message as JsonObject, out, true);
      }
    },
    end(terminated, out) {
      if (rawFinishReason === undefined && !terminated)
        throw new Error("The answer broke off: it ended without a finish reason or an end mark.");
      if (!isStarted) start({}, out);
      toolCalls?.end(out);
      const mapped =
        rawFinishReason === undefined
          ? undefined
          : Object.hasOwn(finishReasons, rawFinishReason)
            ? finishReasons[rawFinishReason]
            : "other";
      const finishReason = isRefused ? "content-filter" : (mapped ?? (toolCalls?.count ? "tool-calls" : "other"));
      out.push({
        type: "finish",
        finishReason,
        ...(rawFinishReason !== undefined && { rawFinishReason }),
        ...(usage && { usage }),
      });
    },
    summary() {
      const reasoningDetails = details && joinReasoningDetails(details);
      return { ...summary, ...(reasoningDetails?.length && { reasoningDetails }) };
    },
  };

  function start(chunk: JsonObject, out: ChatEvent[]): void {
    isStarted = true;
    identify(chunk);
    const { id, model } = summary;
    out.push({ type: "start", ...(id !== undefined && { id }), ...(model !== undefined && { model }) });
  }

  /** Usage stands in a chunk or in a choice; the last that counts something holds. */
  function readUsage(holder: Json | undefined): void {
    if (typeof holder !== "object" || holder === null) return;
    const { usage: wire, service_tier: tier } = holder as JsonObject;
    if (typeof tier === "string") summary.tier = tier;
    if (typeof wire === "object" && wire !== null) usage = readOpenaiUsage(wire) ?? usage;
  }

  /** Some endpoints open with a chunk that has neither. */
  function identify({ id, model }: JsonObject): void {
    if (summary.id === undefined && typeof id === "string" && id !== "") summary.id = id;
    if (summary.model === undefined && typeof model === "string" && model !== "") summary.model = model;
  }

  /** False when there was nothing in it. */
  function read(delta: JsonObject, out: ChatEvent[], isWhole = false): boolean {
    const before = out.length;
    const { content, tool_calls: calls, refusal } = delta;
    if (
      Array.isArray(content) ||
      delta["reasoning_content"] !== undefined ||
      delta["reasoning"] !== undefined ||
      delta["reasoning_details"] !== undefined
    ) {
      const reasoning = readReasoning(delta, (blocks) => (details ??= []).push(...blocks));
      if (reasoning !== "") out.push({ type: "reasoning", text: reasoning });
    }
    if (typeof content === "string") {
      if (content !== "") out.push({ type: "text", text: content });
    } else if (Array.isArray(content)) readText(content as JsonObject[], out);
    if (typeof refusal === "string" && refusal !== "") {
      isRefused = true;
      out.push({ type: "text", text: refusal });
    }
    if (Array.isArray(calls) && calls.length > 0) {
      toolCalls ??= collectToolCalls();
      for (let position = 0; position < calls.length; position++) {
        const call = calls[position] as JsonObject;
        const called = (call?.["function"] ?? {}) as JsonObject;
        // In a whole answer each entry is a call of its own.
        const index = call?.["index"] ?? (isWhole ? position : undefined);
        toolCalls.add({ index, id: call?.["id"], name: called["name"], arguments: called["arguments"] }, out);
      }
      return true;
    }
    return out.length > before;
  }
}

function readText(parts: readonly JsonObject[], out: ChatEvent[]): void {
  for (const part of parts) {
    const text = part?.["text"];
    if (part?.["type"] === "text" && typeof text === "string" && text !== "") out.push({ type: "text", text });
  }
}
