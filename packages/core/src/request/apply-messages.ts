import type { Change } from "../chat/chat-result.ts";
import type { AssistantMessage, Message } from "../chat/chat-request.ts";
import type { Definition } from "../definition/definition.ts";
import { mapToolCallId } from "./map-tool-call-id.ts";
import { sourceOf } from "../definition/source-of.ts";

/**
 * Applies the definition's message rules and takes off what is ours alone (`provider`) or another provider's
 * (`reasoning_details`). The list and its messages are copied, never changed.
 */
export function applyMessages(
  definition: Definition,
  messages: readonly Message[],
  model: string,
  changes: Change[],
): Message[] {
  const rules = definition.messages;
  const report = reporter(definition, changes);
  const out: Message[] = [];
  for (const original of messages) {
    let message: Message = original.role === "assistant" ? ownFieldsOnly(original, definition.id) : { ...original };
    if (rules) {
      if (message.role === "system" && takesDeveloper(rules.system, model)) {
        message = { ...message, role: "developer" };
        report("role", "mapped", "system", "developer", "takes system messages under the role `developer`");
      } else if (message.role === "developer" && rules.system === "system") {
        message = { ...message, role: "system" };
        report("role", "mapped", "developer", "system", "takes developer messages under the role `system`");
      }
      if (rules.content === "text") joinText(message, report);
      if (rules.toolCallId) mapIds(message, rules.toolCallId, report);
      if (rules.emptyAssistant === "removed" && isEmptyAssistant(message)) {
        report(
          "content",
          "dropped",
          message,
          undefined,
          "does not take an assistant message without content or tool calls",
        );
        continue;
      }
      if (rules.afterTool !== undefined && message.role === "user" && out.at(-1)?.role === "tool") {
        out.push({ role: "assistant", content: rules.afterTool });
        report(
          "role",
          "mapped",
          "user after tool",
          `"${rules.afterTool}" between`,
          "does not take a user message directly after a tool message",
        );
      }
    }
    out.push(message);
  }
  const last = out.at(-1);
  if (rules?.trailingAssistant && last?.role === "assistant") {
    for (const [field, value] of Object.entries(rules.trailingAssistant)) {
      if (last[field] !== undefined) continue;
      last[field] = value;
      report(field, "mapped", undefined, value, "wants this on a last message of the assistant");
    }
  }
  return out;
}

type Report = (field: string, action: Change["action"], from: unknown, to: unknown, reason: string) => void;

/** One change a field and action: a hundred messages with the same cause are one line to read. */
function reporter(definition: Definition, changes: Change[]): Report {
  const seen = new Set<string>();
  return (field, action, from, to, reason) => {
    const key = `${field} ${action} ${reason}`;
    if (seen.has(key)) return;
    seen.add(key);
    const source = definition.messages ? sourceOf(definition, definition.messages.source).url : "";
    changes.push({
      parameter: `messages[].${field}`,
      action,
      from,
      to,
      reason: `${definition.name} ${reason}.`,
      source,
    });
  };
}

function ownFieldsOnly(message: AssistantMessage, id: string): AssistantMessage {
  const { provider, reasoning_details, ...rest } = message;
  const isOurs = provider === undefined || provider === id;
  return reasoning_details && isOurs ? { ...rest, reasoning_details } : rest;
}

function takesDeveloper(system: NonNullable<Definition["messages"]>["system"], model: string): boolean {
  return typeof system === "object" ? model.search(system.developer) >= 0 : system === "developer";
}

function joinText(message: Message, report: Report): void {
  const { content } = message;
  if (!Array.isArray(content) || content.length === 0 || !content.every((part) => part.type === "text")) return;
  message.content = content.map((part) => String(part["text"] ?? "")).join("");
  report("content", "mapped", "parts", "text", "takes text content as one string");
}

function mapIds(message: Message, pattern: RegExp, report: Report): void {
  const map = (id: string): string => {
    const mapped = mapToolCallId(id, pattern);
    if (mapped !== id) report("tool_call_id", "mapped", id, mapped, `takes only tool call ids that match ${pattern}`);
    return mapped;
  };
  if (message.role === "tool" && typeof message.tool_call_id === "string")
    message.tool_call_id = map(message.tool_call_id);
  if (message.role === "assistant" && Array.isArray(message.tool_calls)) {
    message.tool_calls = message.tool_calls.map((call) =>
      typeof call.id === "string" ? { ...call, id: map(call.id) } : call,
    );
  }
}

function isEmptyAssistant(message: Message): boolean {
  if (message.role !== "assistant") return false;
  const { content, tool_calls, reasoning, reasoning_details } = message;
  return !content?.length && !tool_calls?.length && !reasoning && !reasoning_details?.length;
}
