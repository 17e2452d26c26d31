import type { ChatEvent } from "../chat/chat-event.ts";

/** A piece of a tool call as the wire gives it; every field may be missing or odd. */
export type ToolCallFragment = { index?: unknown; id?: unknown; name?: unknown; arguments?: unknown };

export type ToolCallCollector = {
  add(fragment: ToolCallFragment, out: ChatEvent[]): void;
  /** Opens and closes what is left. Throws when a call never got a name. */
  end(out: ChatEvent[]): void;
  readonly count: number;
};

const highestIndex = 1023;

type Call = { index: number; id: string; name: string; pieces: string[]; isOpen: boolean; isClosed: boolean };
type Collecting = ToolCallCollector & {
  calls: Call[];
  byWireIndex: Map<number, Call>;
  opened: number;
  closed: number;
  count: number;
};

/**
 * Joins fragments to calls. A fragment belongs to the call of its wire index; without an index, to the call of its id, else
 * to the last one. A new id with a name at an index that is taken starts a new call. A fragment that says nothing is none.
 * Calls open and close in order: a call whose id is late holds up those behind it, and one whose arguments are not whole JSON
 * yet stays open, since fragments of two calls may come in turn.
 */
export function collectToolCalls(): ToolCallCollector {
  const state: Collecting = {
    calls: [],
    byWireIndex: new Map(),
    opened: 0,
    closed: 0,
    count: 0,
    add: (fragment, out) => add(state, fragment, out),
    end: (out) => end(state, out),
  };
  return state;
}

function add(state: Collecting, fragment: ToolCallFragment, out: ChatEvent[]): void {
  const id = typeof fragment.id === "string" ? fragment.id : "";
  const name = typeof fragment.name === "string" ? fragment.name : "";
  const text = argumentsText(fragment.arguments);
  let call = find(state, fragment.index, id, name, text);
  if (!call) {
    if (id === "" && name === "" && text === "") return;
    call = begin(state, fragment.index, out);
  }
  if (call.id === "") call.id = id;
  if (call.name === "") call.name = name;
  if (text !== "") {
    // White space after whole JSON says nothing.
    if (call.isClosed && text.trim() === "") return;
    if (call.isClosed) throw new Error(`Arguments came for the tool call ${call.name}, which had ended.`);
    call.pieces.push(text);
  }
  if (!call.isOpen) openReady(state, out);
  else if (text !== "") out.push({ type: "tool-call-delta", index: call.index, arguments: text });
}

function end(state: Collecting, out: ChatEvent[]): void {
  for (const call of state.calls) {
    if (call.name === "") throw new Error("A tool call came without a name.");
    if (call.id === "") call.id = `call_${call.index}`;
  }
  openReady(state, out);
  while (state.closed < state.count) closeNext(state, out);
}

function find(state: Collecting, wireIndex: unknown, id: string, name: string, text: string): Call | undefined {
  const { calls, byWireIndex } = state;
  const last = calls.at(-1);
  let call = isWireIndex(wireIndex) ? byWireIndex.get(wireIndex) : last;
  if (!isWireIndex(wireIndex) && id !== "")
    call = calls.find((one) => one.id === id) ?? (last?.id === "" && name === "" ? last : undefined);
  return call && beginsAnother(call, id, name, text) ? undefined : call;
}

function begin(state: Collecting, wireIndex: unknown, out: ChatEvent[]): Call {
  const { calls, byWireIndex } = state;
  if (calls.length > highestIndex) throw new Error(`The answer holds more than ${highestIndex + 1} tool calls.`);
  const call: Call = { index: calls.length, id: "", name: "", pieces: [], isOpen: false, isClosed: false };
  state.count = calls.push(call);
  if (isWireIndex(wireIndex)) byWireIndex.set(wireIndex, call);
  while (state.closed < call.index && calls[state.closed]!.isOpen && isWhole(calls[state.closed]!))
    closeNext(state, out);
  return call;
}

function openReady(state: Collecting, out: ChatEvent[]): void {
  for (let call = state.calls[state.opened]; call && call.id !== "" && call.name !== "";) {
    call.isOpen = true;
    out.push({ type: "tool-call-start", index: call.index, id: call.id, name: call.name });
    if (call.pieces.length > 0)
      out.push({ type: "tool-call-delta", index: call.index, arguments: call.pieces.join("") });
    call = state.calls[++state.opened];
  }
}

function closeNext(state: Collecting, out: ChatEvent[]): void {
  const call = state.calls[state.closed++]!;
  const text = call.pieces.join("");
  // A call without arguments has its delta too, so that every call is the same three events.
  if (text === "") out.push({ type: "tool-call-delta", index: call.index, arguments: "" });
  call.isClosed = true;
  out.push({ type: "tool-call", index: call.index, toolCall: { id: call.id, name: call.name, arguments: text } });
}

/** Is a fragment that falls to this call the start of another? Without ids, only a new name or whole arguments tell. */
function beginsAnother(call: Call, id: string, name: string, text: string): boolean {
  if (name === "" || call.name === "") return false;
  if (id !== "" && call.id !== "") return id !== call.id;
  return name !== call.name || (text !== "" && isWhole(call));
}

function isWireIndex(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= highestIndex;
}

function argumentsText(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "object" && value !== null ? JSON.stringify(value) : "";
}

function isWhole(call: Call): boolean {
  if (!call.pieces.at(-1)?.trimEnd().endsWith("}")) return false;
  try {
    JSON.parse(call.pieces.join(""));
    return true;
  } catch {
    return false;
  }
}
