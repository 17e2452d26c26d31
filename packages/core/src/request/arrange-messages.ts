import type { Json, JsonObject } from "../json.ts";
import type { MessageRules } from "../definition/definition.ts";
import type { Change } from "../chat/chat-result.ts";

/** Our copy of a wire message. */
export type WireMessage = { [field: string]: Json | undefined };
/** Notes one change of the messages. */
export type Report = (field: string, action: Change["action"], from: unknown, to: unknown, reason: string) => void;

/** Text fields that are joined like content. Lists are concatenated; other fields keep the first value. */
const joinedTexts: readonly string[] = ["content", "refusal", "reasoning", "reasoning_content"];
const blankLine = "\n\n";

/** Joins all system messages to one at the beginning. */
export function putSystemFirst(
  messages: WireMessage[],
  { oneSystemFirst }: MessageRules,
  report: Report,
): WireMessage[] {
  if (!oneSystemFirst) return messages;
  const systems = messages.filter(isSystem);
  if (systems.length === 0 || (systems.length === 1 && messages[0] === systems[0])) return messages;
  report("role", "mapped", "system", undefined, "takes only one system message, at the beginning");
  return [systems.reduce(join), ...messages.filter((message) => !isSystem(message))];
}

/** Joins neighbouring messages of one role. Tool results stay separate, since each has the id of its call. */
export function joinNeighbours(messages: WireMessage[], { alternate }: MessageRules, report: Report): WireMessage[] {
  if (!alternate) return messages;
  const out: WireMessage[] = [];
  for (const message of messages) {
    const last = out.at(-1);
    if (last?.["role"] === message["role"] && message["role"] !== "tool") {
      out[out.length - 1] = join(last!, message);
      report("content", "mapped", "two messages", "one message", "does not take two messages of one role in a row");
    } else out.push(message);
  }
  return out;
}

function isSystem({ role }: WireMessage): boolean {
  return role === "system" || role === "developer";
}

function join(first: WireMessage, second: WireMessage): WireMessage {
  const out: WireMessage = { ...first };
  for (const [field, value] of Object.entries(second)) {
    const own = out[field];
    if (isNothing(own)) out[field] = value;
    else if (isNothing(value)) continue;
    else if (joinedTexts.includes(field)) out[field] = joinContent(own!, value!);
    else if (Array.isArray(own) && Array.isArray(value)) out[field] = [...own, ...value];
  }
  return out;
}

function joinContent(first: Json, second: Json): Json {
  if (typeof first === "string" && typeof second === "string") return first + blankLine + second;
  return [...toParts(first, blankLine), ...toParts(second, "")];
}

/** Text as a part; `after` separates it from the next text. */
function toParts(content: Json, after: string): readonly Json[] {
  if (Array.isArray(content)) return content;
  return [{ type: "text", text: String(content) + after } satisfies JsonObject];
}

function isNothing(value: Json | undefined): boolean {
  return value === undefined || value === null || value === "";
}
