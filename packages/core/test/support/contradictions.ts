import type { ChatEvent, ChatResult } from "@llm-provider/core";

/** The events of a stream, and the result or the error with which it ended. */
export interface Heard {
  events: readonly ChatEvent[];
  result?: Partial<ChatResult> | undefined;
  error?: unknown;
}

type Open = { id: string; name: string; text: string };

/** Returns a sentence for every guarantee of the event types that a stream breaks, and for every difference between its result and its events. */
export function contradictions({ events, result, error }: Heard): string[] {
  const found: string[] = [];
  const check = (isRight: boolean, problem: string): void => void (isRight || found.push(problem));
  const count = (type: ChatEvent["type"]): number => events.filter((event) => event.type === type).length;
  if (events.length > 0) check(events[0]!.type === "start", "The first event is not `start`.");
  check(count("start") <= 1, "`start` came twice.");
  check(count("finish") === (error ? 0 : 1), error ? "`finish` came before an error." : "`finish` did not come once.");
  if (!error) check(events.at(-1)?.type === "finish", "The last event is not `finish`.");

  const open: Open[] = [];
  let closed = 0;
  let text = "";
  let reasoning = "";
  for (const event of events) {
    if (event.type === "text") text += event.text;
    if (event.type === "reasoning") reasoning += event.text;
    if ((event.type === "text" || event.type === "reasoning") && event.text === "")
      found.push(`A ${event.type} event is empty.`);
    if (event.type === "tool-call-start") {
      check(event.index === open.length, `Call ${event.index} opens where ${open.length} is next.`);
      check(event.id !== "" && event.name !== "", `Call ${event.index} opens without an id or a name.`);
      open[event.index] = { id: event.id, name: event.name, text: "" };
    } else if (event.type === "tool-call-delta") {
      const call = open[event.index];
      if (!call || event.index < closed) found.push(`A delta came for call ${event.index}, which is not open.`);
      else call.text += event.arguments;
    } else if (event.type === "tool-call") {
      const { id, name, arguments: whole } = event.toolCall;
      const call = open[event.index];
      check(event.index === closed++, `Call ${event.index} ends out of order.`);
      check(
        call?.id === id && call.name === name && call.text === whole,
        `Call ${event.index} is not what its start and deltas said.`,
      );
    }
  }
  if (!error) check(closed === open.length, "A call did not end.");
  const ids = open.map(({ id }) => id);
  check(new Set(ids).size === ids.length, "Two calls have one id.");
  if (result) found.push(...compare(result, { text, reasoning, open }));
  return found;
}

function compare(
  result: Partial<ChatResult>,
  heard: { text: string; reasoning: string; open: readonly Open[] },
): string[] {
  const calls = heard.open.map(({ id, name, text }) => ({ id, name, arguments: text }));
  const said = (result.toolCalls ?? []).map(({ id, name, arguments: text }) => ({ id, name, arguments: text }));
  const { message } = result;
  const sent = message?.tool_calls?.map(({ id }) => id);
  return [
    ...((result.text ?? "") === heard.text ? [] : ["`result.text` is not what the text events join to."]),
    ...((result.reasoning ?? "") === heard.reasoning
      ? []
      : ["`result.reasoning` is not what the reasoning events join to."]),
    ...(JSON.stringify(said) === JSON.stringify(calls) ? [] : ["`result.toolCalls` are not the calls of the events."]),
    ...(!message || JSON.stringify(sent ?? []) === JSON.stringify(calls.map(({ id }) => id))
      ? []
      : ["`result.message` has other call ids than the events."]),
  ];
}
