import type { Change } from "../chat/chat-result.ts";
import type { Definition, MessageRules } from "../definition/definition.ts";
import type { Json, JsonObject } from "../json.ts";
import { joinNeighbours, putSystemFirst, type Report, type WireMessage } from "./arrange-messages.ts";
import { mapToolCallId } from "./map-tool-call-id.ts";
import { sourceOf } from "../definition/source-of.ts";

/** Applies the definition's message rules to the messages of a wire body. The list and its messages are copied, never changed. */
export function applyMessages(definition: Definition, body: JsonObject, model: string, changes: Change[]): JsonObject {
  const { messages: rules } = definition;
  if (!rules || !Array.isArray(body["messages"])) return body;
  const report = reporter(definition, rules, changes);
  const copies = (body["messages"] as readonly JsonObject[]).map((message): WireMessage => ({ ...message }));
  for (const message of copies) mapRole(message, rules.system, model, report);
  const kept = putSystemFirst(copies, rules, report).filter((message) => {
    if (rules.content === "text") joinText(message, report);
    if (rules.toolCallId) mapIds(message, rules.toolCallId, report);
    dropFields(message, rules, report);
    if (rules.emptyAssistant !== "removed" || !isEmptyAssistant(message)) return true;
    report("content", "dropped", message, undefined, "does not take an empty assistant message");
    return false;
  });
  const messages = separate(joinNeighbours(kept, rules, report), rules, report);
  for (const message of messages) setToolCallContent(message, rules, report);
  setTrailing(messages.at(-1), rules, report);
  return { ...body, messages };
}

/** Text of the assistant between a `tool` and a `user` message. */
function separate(messages: readonly WireMessage[], { afterTool }: MessageRules, report: Report): WireMessage[] {
  if (afterTool === undefined) return [...messages];
  return messages.flatMap((message, index) => {
    if (message["role"] !== "user" || messages[index - 1]?.["role"] !== "tool") return [message];
    const reason = "does not take a user message directly after a tool message";
    report("role", "mapped", "user after tool", `"${afterTool}" between`, reason);
    return [{ role: "assistant", content: afterTool }, message];
  });
}

/** The content of a turn that only calls tools. */
function setToolCallContent(message: WireMessage, { toolCallContent }: MessageRules, report: Report): void {
  const { role, content, tool_calls: calls } = message;
  if (toolCallContent === undefined || role !== "assistant" || isEmpty(calls) || !isEmpty(content)) return;
  const wanted = toolCallContent === "absent" ? undefined : toolCallContent === "empty" ? "" : null;
  if (content === wanted) return;
  if (wanted === undefined) delete message["content"];
  else message["content"] = wanted;
  const form = wanted === undefined ? "without content" : `with the content ${JSON.stringify(wanted)}`;
  report(
    "content",
    wanted === undefined ? "dropped" : "mapped",
    content,
    wanted,
    `takes a turn that only calls tools ${form}`,
  );
}

function setTrailing(last: WireMessage | undefined, { trailingAssistant }: MessageRules, report: Report): void {
  if (!trailingAssistant || last?.["role"] !== "assistant") return;
  for (const [field, value] of Object.entries(trailingAssistant)) {
    if (last[field] !== undefined) continue;
    last[field] = value;
    report(field, "mapped", undefined, value, "requires this on a last message of the assistant");
  }
}

function reporter(definition: Definition, { source }: MessageRules, changes: Change[]): Report {
  const { url } = sourceOf(definition, source);
  return (field, action, from, to, reason) => {
    const parameter = `messages[].${field}`;
    changes.push({ parameter, action, from, to, reason: `${definition.name} ${reason}.`, source: url });
  };
}

function mapRole(message: WireMessage, system: MessageRules["system"], model: string, report: Report): void {
  const takesDeveloper = typeof system === "object" ? model.search(system.developer) >= 0 : system === "developer";
  const from = takesDeveloper ? "system" : "developer";
  const to = takesDeveloper ? "developer" : "system";
  if (message["role"] !== from || !(takesDeveloper || system === "system")) return;
  message["role"] = to;
  report("role", "mapped", from, to, `takes ${from} messages under the role \`${to}\``);
}

function joinText(message: WireMessage, report: Report): void {
  const content = message["content"];
  if (!Array.isArray(content) || content.length === 0) return;
  const parts = content as readonly JsonObject[];
  if (!parts.every((part) => part?.["type"] === "text")) return;
  message["content"] = parts.map((part) => String(part["text"] ?? "")).join("");
  report("content", "mapped", "parts", "text", "takes text content as one string");
}

function mapIds(message: WireMessage, pattern: RegExp, report: Report): void {
  const map = (id: Json | undefined): Json | undefined => {
    if (typeof id !== "string") return id;
    const mapped = mapToolCallId(id, pattern);
    if (mapped !== id) report("tool_call_id", "mapped", id, mapped, `takes only tool call ids that match ${pattern}`);
    return mapped;
  };
  const { tool_call_id: id, tool_calls: calls } = message;
  if (id !== undefined) message["tool_call_id"] = map(id);
  if (Array.isArray(calls)) message["tool_calls"] = calls.map((call: JsonObject) => ({ ...call, id: map(call["id"]) }));
}

function dropFields(message: WireMessage, { fields, nulls }: MessageRules, report: Report): void {
  const role = String(message["role"]);
  const allowed = fields && Object.hasOwn(fields, role) ? fields[role] : undefined;
  for (const [field, value] of Object.entries(message)) {
    const isTaken = field === "role" || !allowed || allowed.includes(field);
    if (isTaken && !(value === null && nulls === "stripped")) continue;
    delete message[field];
    if (value === undefined) continue;
    const reason = isTaken
      ? "refuses some nulls, and a field that is null has no meaning"
      : `does not take \`${field}\` on messages of the role \`${role}\``;
    report(field, "dropped", value, undefined, reason);
  }
}

/** Does the message have nothing but a role? */
function isEmptyAssistant(message: WireMessage): boolean {
  const { role, name: _, ...rest } = message;
  return role === "assistant" && Object.values(rest).every(isEmpty);
}

function isEmpty(value: Json | undefined): boolean {
  return value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
}
