import type { ChatRequest, Definition, Message } from "@llm-provider/core";
import { isReasoningOn } from "./compose-answer.ts";
import type { Refusal } from "./refusal.ts";

type Turn = Message & { readonly [field: string]: unknown };

/** Does the endpoint take this history: roles, fields, ids, answers to tool calls, reasoning? */
export function checkMessages(definition: Definition, request: ChatRequest): Refusal | undefined {
  const turns = request.messages as readonly Turn[];
  for (const [index, turn] of turns.entries()) {
    const refusal =
      checkFields(definition, turn, index) ??
      checkForm(definition, turn, index) ??
      checkIds(definition, turn) ??
      checkReasoning(definition, request, turn);
    if (refusal) return refusal;
  }
  const order = checkOrder(definition, turns);
  if (order) return order;
  // This is a rule of Chat Completions; other formats may not have it.
  const unanswered = definition.dialect.settings ? checkAnswers(turns) : undefined;
  return unanswered ?? checkLast(definition, turns);
}

function checkFields(
  { messages: rules, unknownParameters }: Definition,
  turn: Turn,
  index: number,
): Refusal | undefined {
  const status = unknownParameters && "rejected" in unknownParameters ? unknownParameters.rejected : undefined;
  const allowed = rules?.fields && Object.hasOwn(rules.fields, turn.role) ? rules.fields[turn.role] : undefined;
  const extra = Object.keys(turn).find(
    (field) => field !== "role" && turn[field] !== undefined && allowed?.includes(field) === false,
  );
  if (extra !== undefined) {
    const parameter = `messages[${index}].${extra}`;
    return {
      code: "unsupported-parameter",
      status,
      parameter,
      value: turn[extra],
      message: `Extra field '${parameter}' is not permitted.`,
    };
  }
  if (rules?.nulls !== "stripped") return undefined;
  const empty = Object.keys(turn).find((field) => field !== "content" && turn[field] === null);
  return empty === undefined
    ? undefined
    : {
        code: "invalid-request",
        status,
        parameter: `messages[${index}].${empty}`,
        value: null,
        message: `'messages.${index}.${empty}': value is not nullable`,
      };
}

/** The role of system messages, text as one string, the content of a turn that only calls tools. */
function checkForm({ messages: rules }: Definition, turn: Turn, index: number): Refusal | undefined {
  const refuse = (field: string, message: string): Refusal => ({
    code: "invalid-request",
    parameter: `messages[${index}].${field}`,
    value: turn[field],
    message: `messages[${index}].${field}: ${message}`,
    about: /messages.*content|role/i,
  });
  if (rules?.system === "system" && turn.role === "developer") return refuse("role", "there is no role 'developer'.");
  const parts = Array.isArray(turn.content) ? (turn.content as readonly { readonly type?: unknown }[]) : [];
  if (rules?.content === "text" && parts.length > 0 && parts.every(({ type }) => type === "text"))
    return refuse("content", "expected a string, but got an array of parts.");
  const form = turn.content === null ? "null" : turn.content === "" ? "empty" : "absent";
  const isCall = turn.role === "assistant" && callsOf(turn).length > 0 && !turn.content?.length;
  if (rules?.toolCallContent !== undefined && isCall && rules.toolCallContent !== form)
    return refuse("content", `beside tool calls content must be ${rules.toolCallContent}.`);
  return undefined;
}

/** The order of roles, if the definition has rules about it. */
function checkOrder({ messages: rules }: Definition, turns: readonly Turn[]): Refusal | undefined {
  const refuse = (index: number, message: string): Refusal => ({
    code: "invalid-request",
    parameter: `messages[${index}].role`,
    value: turns[index]!.role,
    message: `messages[${index}].role: ${message}`,
    about: /role/i,
  });
  const isSystem = ({ role }: Turn): boolean => role === "system" || role === "developer";
  for (const [index, turn] of turns.entries()) {
    const before = turns[index - 1];
    if (rules?.oneSystemFirst && index > 0 && isSystem(turn))
      return refuse(index, "only the first may be of role system.");
    if (rules?.alternate && before?.role === turn.role && turn.role !== "tool")
      return refuse(index, `roles must alternate, but '${turn.role}' comes twice.`);
    if (rules?.afterTool !== undefined && before?.role === "tool" && turn.role === "user")
      return refuse(index, "Unexpected role 'user' after role 'tool'.");
  }
  return undefined;
}

function checkIds({ messages: rules }: Definition, turn: Turn): Refusal | undefined {
  const pattern = rules?.toolCallId;
  if (!pattern) return undefined;
  const wrong = idsOf(turn).find((id) => id.search(pattern) < 0);
  if (wrong === undefined) return undefined;
  const message = `Tool call id was ${wrong} but must match ${pattern.source}.`;
  return { code: "invalid-request", parameter: "tool_call_id", value: wrong, message, about: /tool.?call.?id/i };
}

function idsOf(turn: Turn): string[] {
  if (turn.role === "tool") return typeof turn["tool_call_id"] === "string" ? [turn["tool_call_id"]] : [];
  return callsOf(turn);
}

function callsOf(turn: Turn): string[] {
  const calls = turn.role === "assistant" && Array.isArray(turn["tool_calls"]) ? turn["tool_calls"] : [];
  return calls.map((call: { id?: unknown }) => String(call?.id));
}

/** A turn that called tools must keep its reasoning, if the dialect says so and the model was thinking. */
function checkReasoning(definition: Definition, request: ChatRequest, turn: Turn): Refusal | undefined {
  const { history, reasoning = "reasoning_content" } = definition.dialect.settings ?? {};
  const isHeldTo = history === "required-with-tools" && callsOf(turn).length > 0 && isReasoningOn(definition, request);
  if (!isHeldTo || (typeof turn[reasoning] === "string" && turn[reasoning] !== "")) return undefined;
  return {
    code: "invalid-request",
    parameter: reasoning,
    message: `The ${reasoning} of an assistant message with tool calls must be passed back.`,
    about: /reasoning/i,
  };
}

/** Every call must have its answer in the messages right after it, and every answer its call. */
function checkAnswers(turns: readonly Turn[]): Refusal | undefined {
  let open: string[] = [];
  for (const [index, turn] of turns.entries()) {
    if (turn.role === "tool") {
      const id = String(turn["tool_call_id"]);
      const known = open.includes(id);
      open = open.filter((one) => one !== id);
      if (known) continue;
      const message = `messages[${index}]: a message of role 'tool' must be an answer to a tool call before it; ${id} is none.`;
      return {
        code: "invalid-request",
        parameter: `messages[${index}].role`,
        value: "tool",
        message,
        about: /unexpected role|must be a response/i,
      };
    }
    if (open.length > 0) return missingAnswer(open[0]!);
    open = callsOf(turn);
  }
  return open.length > 0 ? missingAnswer(open[0]!) : undefined;
}

function missingAnswer(id: string): Refusal {
  return {
    code: "invalid-request",
    parameter: "messages",
    value: id,
    message: `No tool output found for tool call ${id}.`,
    about: /tool output|followed by tool messages/i,
  };
}

function checkLast({ messages: rules }: Definition, turns: readonly Turn[]): Refusal | undefined {
  const last = turns.at(-1)!;
  const isEmpty = (turn: Turn): boolean =>
    turn.role === "assistant" && !turn.content?.length && callsOf(turn).length === 0;
  if (rules?.emptyAssistant === "removed" && turns.some(isEmpty)) {
    return {
      code: "invalid-request",
      parameter: "content",
      message: "An assistant message must have content or tool calls.",
      about: /content or tool/i,
    };
  }
  const wanted = Object.entries(rules?.trailingAssistant ?? {});
  if (last.role !== "assistant" || wanted.every(([field, value]) => last[field] === value)) return undefined;
  return {
    code: "invalid-request",
    parameter: "messages",
    value: "assistant",
    message: `Expected the last message to be of role user or tool, or of role assistant with ${wanted.map(([field]) => field).join(", ")}.`,
    about: /last role|expected last/i,
  };
}
