import type { ChatEvent, ToolCall } from "../chat/chat-event.ts";
import type { Json, JsonObject } from "../json.ts";
import { limitDepth } from "../limit-depth.ts";
import { scanJson, type JsonScan } from "./scan-json.ts";

/** A piece of a tool call as the wire gives it; every field may be missing or odd. */
export interface ToolCallFragment {
  index?: unknown;
  id?: unknown;
  name?: unknown;
  arguments?: unknown;
  /** A call of a custom tool. */
  kind?: "custom" | undefined;
  /** Unknown fields. */
  extra?: JsonObject | undefined;
  /** An entry of a whole answer: always a call of its own. */
  isWhole?: boolean;
}

/** Joins fragments of tool calls to events. */
export interface ToolCallCollector {
  add(fragment: ToolCallFragment, out: ChatEvent[]): void;
  /** Opens and closes the remaining calls. Throws if a call never got a name. */
  end(out: ChatEvent[]): void;
  readonly count: number;
}

const highestIndex = 1023;

type Call = {
  readonly index: number;
  id: string;
  name: string;
  readonly kind: "custom" | undefined;
  extra: JsonObject | undefined;
  readonly pieces: string[];
  /** Arguments `{}` that a later object may replace. */
  held: string;
  /** How far the JSON of the arguments has come, and how many of the pieces were scanned for it. */
  readonly json: JsonScan;
  scanned: number;
  /** The wire began to write arguments, or another call began: the name is complete. */
  isNamed: boolean;
  isOpen: boolean;
  isClosed: boolean;
};

/** A record instead of a class, for the same reason as the decoder. */
type Collecting = ToolCallCollector & {
  readonly calls: Call[];
  readonly byIndex: Map<number, Call>;
  /** `undefined` if two calls have the id. */
  readonly byId: Map<string, Call | undefined>;
  readonly takenIds: Set<string>;
  opened: number;
  closed: number;
  count: number;
};

/**
 * Makes a collector for one answer. The first rule that applies decides which call a fragment belongs to: a new index with a
 * name is a new call whatever its id; an id that exactly one call has is that call; else the call of this index, or without an
 * index the last one. A call opens at its first argument, at the next call or at the end. Calls open and close in order: a
 * call whose id is late delays those behind it, and one whose arguments are not whole JSON stays open, since fragments of
 * two calls may come in turn.
 */
export function collectToolCalls(): ToolCallCollector {
  const state: Collecting = {
    calls: [],
    byIndex: new Map(),
    byId: new Map(),
    takenIds: new Set(),
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
  let call = find(state, fragment, id, name, text);
  if (!call) {
    if (id === "" && name === "" && text === "") return;
    call = begin(state, fragment, out);
  }
  if (call.id === "" && id !== "") {
    call.id = id;
    state.byId.set(id, state.byId.has(id) ? undefined : call);
  }
  // Names come in pieces too. A repeated name is not a piece.
  if (call.name === "" || (!call.isNamed && name !== call.name)) call.name += name;
  if (fragment.extra) call.extra = { ...call.extra, ...fragment.extra };
  if (text !== "") write(state, call, text, name, out);
  openReady(state, out);
}

function end(state: Collecting, out: ChatEvent[]): void {
  for (const call of state.calls) {
    if (call.name === "") throw new Error("A tool call came without a name.");
    call.isNamed = true;
    if (call.id === "") call.id = `call_${call.index}`;
  }
  openReady(state, out);
  while (state.closed < state.calls.length) closeNext(state, out);
}

function find(state: Collecting, fragment: ToolCallFragment, id: string, name: string, text: string): Call | undefined {
  if (fragment.isWhole) return undefined;
  const index = isWireIndex(fragment.index) ? fragment.index : undefined;
  if (index !== undefined && name !== "" && !state.byIndex.has(index)) return undefined;
  // An index that no call has proves nothing by itself: some endpoints count the fragments of one call.
  const isLast = index === undefined || (id === "" && name === "" && !state.byIndex.has(index));
  const call = (id === "" ? undefined : state.byId.get(id)) ?? (isLast ? state.calls.at(-1) : state.byIndex.get(index));
  return call && beginsAnother(call, id, name, text) ? undefined : call;
}

function begin(state: Collecting, fragment: ToolCallFragment, out: ChatEvent[]): Call {
  const { length: index } = state.calls;
  if (index > highestIndex) throw new Error(`The answer has more than ${highestIndex + 1} tool calls.`);
  const last = state.calls.at(-1);
  if (last) last.isNamed = true;
  const call: Call = {
    index,
    id: "",
    name: "",
    kind: fragment.kind,
    extra: undefined,
    pieces: [],
    held: "",
    json: { depth: 0, isInText: false, isEscaped: false, state: "before" },
    scanned: 0,
    isNamed: false,
    isOpen: false,
    isClosed: false,
  };
  state.count = state.calls.push(call);
  if (isWireIndex(fragment.index) && !fragment.isWhole) state.byIndex.set(fragment.index, call);
  openReady(state, out);
  // Other arguments may still replace `{}`, so that call is not over yet.
  for (let next = state.calls[state.closed]; next !== call && next?.isOpen && isWhole(next) && next.held === "";) {
    closeNext(state, out);
    next = state.calls[state.closed];
  }
  return call;
}

function write(state: Collecting, call: Call, text: string, name: string, out: ChatEvent[]): void {
  // White space after complete JSON is ignored.
  if ((call.isClosed || call.held !== "") && text.trim() === "") return;
  if (call.isClosed) throw new Error(`Arguments came for the tool call ${call.name}, which had ended.`);
  call.isNamed = true;
  let piece = text;
  if (call.held !== "") {
    const givesWay = name === "" && text.trimStart().startsWith("{");
    if (!givesWay) piece = call.held + text;
    call.held = "";
  } else if (call.pieces.length === 0 && text.trim() === "{}") {
    call.held = text;
    return;
  }
  call.pieces.push(piece);
  if (call.isOpen) out.push({ type: "tool-call-delta", index: call.index, arguments: piece });
}

function openReady(state: Collecting, out: ChatEvent[]): void {
  for (let call = state.calls[state.opened]; call && call.id !== "" && call.name !== "" && call.isNamed;) {
    const { index, name, kind, pieces } = call;
    call.id = uniqueId(state, call.id);
    call.isOpen = true;
    out.push(
      kind
        ? { type: "tool-call-start", index, id: call.id, name, kind }
        : { type: "tool-call-start", index, id: call.id, name },
    );
    if (pieces.length > 0) out.push({ type: "tool-call-delta", index, arguments: pieces.join("") });
    call = state.calls[++state.opened];
  }
}

function closeNext(state: Collecting, out: ChatEvent[]): void {
  const call = state.calls[state.closed++]!;
  const { index, id, name, kind, extra, pieces, held } = call;
  if (held !== "") pieces.push(held);
  const text = pieces.join("");
  // A call without arguments has its delta too, so that every call is the same three events.
  if (text === "" || held !== "") out.push({ type: "tool-call-delta", index, arguments: held });
  call.isClosed = true;
  const toolCall: ToolCall = { id, name, arguments: text };
  if (kind) toolCall.kind = kind;
  if (extra) toolCall.extra = extra;
  out.push({ type: "tool-call", index, toolCall });
}

function uniqueId(state: Collecting, id: string): string {
  let made = id;
  for (let copy = 2; state.takenIds.has(made); copy++) made = `${id}_${copy}`;
  state.takenIds.add(made);
  return made;
}

/** Is a fragment that falls to this call the start of another? Only one with a name can be. */
function beginsAnother(call: Call, id: string, name: string, text: string): boolean {
  if (name === "" || call.name === "") return false;
  if (text !== "" && isWhole(call)) return true;
  const isOtherId = id !== "" && call.id !== "" && id !== call.id;
  return isOtherId && (name !== call.name || hasNoArguments(call) || isWhole(call));
}

function hasNoArguments(call: Call): boolean {
  return call.pieces.length === 0 && call.held === "";
}

/** Scans the pieces late: only another call needs the result. */
function isWhole(call: Call): boolean {
  if (call.held !== "") return true;
  while (call.scanned < call.pieces.length) scanJson(call.json, call.pieces[call.scanned++]!);
  return call.json.state === "after";
}

function isWireIndex(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= highestIndex;
}

function argumentsText(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "object" && value !== null ? JSON.stringify(limitDepth(value as Json)) : "";
}
