import type { Json, JsonObject, ToolCall } from "@llm-provider/core";
import { readPath } from "@llm-provider/core/internal";
import type { Answer, Tokens } from "./wire.ts";

/**
 * Reads recorded Chat Completions straight from the JSON: slow, plain, and independent of core's decoder, so that the
 * two can disagree. The last usage and the last finish reason count; only choice 0 is read.
 */
export function readChatCompletionsAnswer(payloads: readonly JsonObject[]): Answer {
  const choices = payloads.flatMap((payload) =>
    asList(payload["choices"]).filter((choice) => (choice["index"] ?? 0) === 0),
  );
  const parts = choices.map((choice) => (choice["delta"] ?? choice["message"] ?? {}) as JsonObject);
  const first = (name: string): string => String(payloads.map((one) => one[name]).find((value) => value) ?? "");
  const details = parts.flatMap((part) => asList(part["reasoning_details"]));
  return {
    id: first("id"),
    model: first("model"),
    created: Number(first("created")),
    text: parts
      .map((part) => visibleText(part["content"]) + (typeof part["refusal"] === "string" ? part["refusal"] : ""))
      .join(""),
    reasoning: parts.map(reasoningText).join(""),
    ...(details.length > 0 && { reasoningDetails: details }),
    toolCalls: joinCalls(parts.flatMap((part) => asList(part["tool_calls"]))),
    finishReason: choices
      .map((choice) => choice["finish_reason"])
      .findLast((word) => typeof word === "string" && word !== "") as string | undefined,
    tokens: tokensOf(payloads.map((payload) => payload["usage"]).findLast((usage) => usage) as JsonObject | undefined),
    extra: {},
  };
}

function visibleText(content: Json | undefined): string {
  if (typeof content === "string") return content;
  return asList(content)
    .map((part) => (part["type"] === "text" ? String(part["text"] ?? "") : ""))
    .join("");
}

function reasoningText(part: JsonObject): string {
  const plain = part["reasoning_content"] || part["reasoning"];
  if (typeof plain === "string") return plain;
  const details = asList(part["reasoning_details"]).map((block) => String(block["text"] ?? block["summary"] ?? ""));
  if (details.length > 0) return details.join("");
  const thinking = asList(part["content"]).filter((one) => one["type"] === "thinking");
  return thinking
    .map((one) => (typeof one["thinking"] === "string" ? one["thinking"] : visibleText(one["thinking"])))
    .join("");
}

/** A fragment belongs to the call of its index; without an index, to the call of its id, else to the last call. */
function joinCalls(fragments: readonly JsonObject[]): ToolCall[] {
  const calls: { key: Json | undefined; call: ToolCall }[] = [];
  for (const fragment of fragments) {
    const { index, id } = fragment;
    const name = readPath(fragment, "function.name");
    const text = readPath(fragment, "function.arguments") ?? "";
    let entry = calls.findLast((one) => (typeof index === "number" ? one.key === index : !id || one.call.id === id));
    if (entry && id && entry.call.id && entry.call.id !== id) entry = undefined;
    if (!entry) calls.push((entry = { key: index, call: { id: "", name: "", arguments: "" } }));
    entry.call.id ||= String(id ?? "");
    entry.call.name ||= String(name ?? "");
    entry.call.arguments += typeof text === "string" ? text : JSON.stringify(text);
  }
  return calls.map(({ call }, index) => ({ ...call, id: call.id || `call_${index}` }));
}

function tokensOf(usage: JsonObject | undefined): Tokens | undefined {
  const count = (path: string): number | undefined => {
    const value = readPath(usage, path);
    return typeof value === "number" ? value : undefined;
  };
  const input = count("prompt_tokens");
  const output = count("completion_tokens");
  if (input === undefined && output === undefined && count("total_tokens") === undefined) return undefined;
  return {
    input: input ?? 0,
    output: output ?? 0,
    total: count("total_tokens") ?? (input ?? 0) + (output ?? 0),
    cached: count("prompt_tokens_details.cached_tokens"),
    reasoning: count("completion_tokens_details.reasoning_tokens"),
  };
}

function asList(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter((one): one is JsonObject => typeof one === "object" && one !== null) : [];
}
