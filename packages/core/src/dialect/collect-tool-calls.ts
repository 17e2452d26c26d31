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

/**
 * Joins fragments to calls. A fragment belongs to the call of its wire index; without an index, to the call of its id, else
 * to the last one. A new id with a name at an index that is taken starts a new call. A fragment that says nothing is none.
 * Calls open and close in order: a call whose id is late holds up those behind it, and one whose arguments are not whole JSON
 * yet stays open, since fragments of two calls may come in turn.
 */
export function collectToolCalls(): ToolCallCollector {
  const calls: Call[] = [];
  const byWireIndex = new Map<number, Call>();
  let opened = 0;
  let closed = 0;

  return {
    get count() {
      return calls.length;
    },
    add(fragment, out) {
      const id = typeof fragment.id === "string" ? fragment.id : "";
      const name = typeof fragment.name === "string" ? fragment.name : "";
      const text = argumentsText(fragment.arguments);
      let call = find(fragment.index, id, name, text);
      if (!call) {
        if (id === "" && name === "" && text === "") return;
        call = begin(fragment.index, out);
      }
      if (call.id === "") call.id = id;
      if (call.name === "") call.name = name;
      if (text !== "") {
        // White space after whole JSON says nothing.
        if (call.isClosed && text.trim() === "") return;
        if (call.isClosed) throw new Error(`Arguments came for the tool call ${call.name}, which had ended.`);
        call.pieces.push(text);
      }
      if (call.isOpen) {
        if (text !== "") out.push({ type: "tool-call-delta", index: call.index, arguments: text });
      } else openReady(out);
    },
    end(out) {
      for (const call of calls) {
        if (call.name === "") throw new Error("A tool call came without a name.");
        if (call.id === "") call.id = `call_${call.index}`;
      }
      openReady(out);
      while (closed < calls.length) close(calls[closed]!, out);
    },
  };

  function find(wireIndex: unknown, id: string, name: string, text: string): Call | undefined {
    const last = calls.at(-1);
    let call = isWireIndex(wireIndex) ? byWireIndex.get(wireIndex) : last;
    if (!isWireIndex(wireIndex) && id !== "")
      call = calls.find((one) => one.id === id) ?? (last?.id === "" && name === "" ? last : undefined);
    return call && beginsAnother(call, id, name, text) ? undefined : call;
  }

  function begin(wireIndex: unknown, out: ChatEvent[]): Call {
    if (calls.length > highestIndex) throw new Error(`The answer holds more than ${highestIndex + 1} tool calls.`);
    const call: Call = { index: calls.length, id: "", name: "", pieces: [], isOpen: false, isClosed: false };
    calls.push(call);
    if (isWireIndex(wireIndex)) byWireIndex.set(wireIndex, call);
    while (closed < call.index && calls[closed]!.isOpen && isWhole(calls[closed]!)) close(calls[closed]!, out);
    return call;
  }

  function openReady(out: ChatEvent[]): void {
    for (let call = calls[opened]; call && call.id !== "" && call.name !== ""; call = calls[++opened]) {
      call.isOpen = true;
      out.push({ type: "tool-call-start", index: call.index, id: call.id, name: call.name });
      if (call.pieces.length > 0)
        out.push({ type: "tool-call-delta", index: call.index, arguments: call.pieces.join("") });
    }
  }

  function close(call: Call, out: ChatEvent[]): void {
    const text = call.pieces.join("");
    // A call without arguments has its delta too, so that every call is the same three events.
    if (text === "") out.push({ type: "tool-call-delta", index: call.index, arguments: "" });
    call.isClosed = true;
    closed++;
    out.push({ type: "tool-call", index: call.index, toolCall: { id: call.id, name: call.name, arguments: text } });
  }
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
