import type { JsonObject } from "@llm-provider/core";
import type { Refusal } from "./refusal.ts";

/** What every endpoint asks of a body: a model, and messages with roles. */
export function checkShape(body: unknown): Refusal | undefined {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    return refuse("body", "The body of the request is not a JSON object.");
  }
  const { model, messages } = body as JsonObject;
  if (typeof model !== "string" || model === "") return refuse("model", "you must provide a model parameter");
  if (!Array.isArray(messages)) return refuse("messages", "'messages' is a required property");
  if (messages.length === 0) return refuse("messages", "[] is too short - 'messages'");
  for (const [index, message] of messages.entries()) {
    const role = (message as JsonObject | null)?.["role"];
    if (typeof role !== "string") return refuse(`messages[${index}].role`, `messages[${index}] has no role.`);
    if (!["system", "developer", "user", "assistant", "tool", "function"].includes(role)) {
      return refuse(`messages[${index}].role`, `'${role}' is not one of the roles.`);
    }
  }
  return undefined;
}

function refuse(parameter: string, message: string): Refusal {
  return { code: "invalid-request", parameter, message };
}
