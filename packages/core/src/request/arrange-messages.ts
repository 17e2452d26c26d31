import type { Json, JsonObject } from "../json.ts";
import type { MessageRules } from "../definition/definition.ts";
import type { Change } from "../chat/chat-result.ts";

/** A message as on the wire, our copy of it. */
export type WireMessage = { [field: string]: Json | undefined };
/** Notes one change of the messages. */
export type Report = (field: string, action: Change["action"], from: unknown, to: unknown, reason: string) => void;

/** Texts of a message that are joined like its content. Lists are joined end to end; of other fields the first stays. */
const joinedTexts: readonly string[] = ["content", "refusal", "reasoning", "reasoning_content"];
const blankLine = "\n\n";

/** All system messages as one, in front. */
export function putSystemFirst(
  messages: WireMessage[],
  { oneSystemFirst }: MessageRules,
  report: Report,
): WireMessage[] {
  if (!oneSystemFirst) return messages;
  const systems = messages.filter(isSystem);
  if (systems.length === 0 || (systems.length === 1 && messages[0] === systems[0])) return messages;
  report("role", "mapped", "system", undefined, "takes one system message, and takes it in front");
  return [systems.reduce(join), ...messages.filter((message) => !isSystem(message))];
}

/** Neighbours of one role as one message. Answers of tools stay apart, since each has the id of its call. */
export function joinNeighbours(messages: WireMessage[], { alternate }: MessageRules, report: Report): WireMessage[] {
  if (!alternate) return messages;
  const out: WireMessage[] = [];
  for (const message of messages) {
    const last = out.at(-1);
    if (last?.["role"] === message["role"] && message["role"] !== "tool") {
      out[out.length - 1] = join(last!, message);
      report("content", "mapped", "two messages", "one message", "takes no two messages of one role in a row");
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

/** Text as a part; `after` parts it from the next text. */
function toParts(content: Json, after: string): readonly Json[] {
  if (Array.isArray(content)) return content;
  return [{ type: "text", text: String(content) + after } satisfies JsonObject];
}

function isNothing(value: Json | undefined): boolean {
  return value === undefined || value === null || value === "";
}
