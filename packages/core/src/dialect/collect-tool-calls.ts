import type { ChatEvent } from "../chat/chat-event.ts";
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
  /** Fields that nobody here knows. */
  extra?: JsonObject | undefined;
  /** An entry of a whole answer: always a call of its own. */
  isWhole?: boolean;
}

/** Joins fragments of tool calls to events. */
export interface ToolCallCollector {
  add(fragment: ToolCallFragment, out: ChatEvent[]): void;
  /** Opens and closes what is left. Throws when a call never got a name. */
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
  /** Arguments `{}` that may give way to an object. */
  held: string;
  /** How far the JSON of the arguments has come. */
  readonly json: JsonScan;
  /** The wire began to write arguments, or another call began: the name is complete. */
  isNamed: boolean;
  isOpen: boolean;
  isClosed: boolean;
};

/**
 * Makes a collector for one answer. Which fragment belongs to which call, the first that holds: an index not seen yet, with a
 * name, is a new call whatever its id; an id that exactly one call has is that call; else the call of this index, or without an
 * index the last one. A call opens at its first argument, at the next call or at the end. Calls open and close in order: a
 * call whose id is late holds up those behind it, and one whose arguments are not whole JSON stays open, since fragments of
 * two calls may come in turn.
 */
export function collectToolCalls(): ToolCallCollector {
  return new Collector();
}

class Collector implements ToolCallCollector {
  readonly #calls: Call[] = [];
  readonly #byIndex = new Map<number, Call>();
  /** `undefined` where two calls have the id. */
  readonly #byId = new Map<string, Call | undefined>();
  readonly #takenIds = new Set<string>();
  #opened = 0;
  #closed = 0;

  get count(): number {
    return this.#calls.length;
  }

  add(fragment: ToolCallFragment, out: ChatEvent[]): void {
    const id = typeof fragment.id === "string" ? fragment.id : "";
    const name = typeof fragment.name === "string" ? fragment.name : "";
    const text = argumentsText(fragment.arguments);
    let call = this.#find(fragment, id, name, text);
    if (!call) {
      if (id === "" && name === "" && text === "") return;
      call = this.#begin(fragment, out);
    }
    if (call.id === "" && id !== "") {
      call.id = id;
      this.#byId.set(id, this.#byId.has(id) ? undefined : call);
    }
    // Names come in pieces too; one that is repeated is no piece.
    if (call.name === "" || (!call.isNamed && name !== call.name)) call.name += name;
    if (fragment.extra) call.extra = { ...call.extra, ...fragment.extra };
    if (text !== "") this.#write(call, text, name, out);
    this.#openReady(out);
  }

  end(out: ChatEvent[]): void {
    for (const call of this.#calls) {
      if (call.name === "") throw new Error("A tool call came without a name.");
      call.isNamed = true;
      if (call.id === "") call.id = `call_${call.index}`;
    }
    this.#openReady(out);
    while (this.#closed < this.#calls.length) this.#closeNext(out);
  }

  #find(fragment: ToolCallFragment, id: string, name: string, text: string): Call | undefined {
    if (fragment.isWhole) return undefined;
    const index = isWireIndex(fragment.index) ? fragment.index : undefined;
    if (index !== undefined && name !== "" && !this.#byIndex.has(index)) return undefined;
    const call =
      (id === "" ? undefined : this.#byId.get(id)) ??
      (index === undefined ? this.#calls.at(-1) : this.#byIndex.get(index));
    return call && beginsAnother(call, id, name, text) ? undefined : call;
  }

  #begin(fragment: ToolCallFragment, out: ChatEvent[]): Call {
    const { length: index } = this.#calls;
    if (index > highestIndex) throw new Error(`The answer has more than ${highestIndex + 1} tool calls.`);
    const last = this.#calls.at(-1);
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
      isNamed: false,
      isOpen: false,
      isClosed: false,
    };
    this.#calls.push(call);
    if (isWireIndex(fragment.index) && !fragment.isWhole) this.#byIndex.set(fragment.index, call);
    this.#openReady(out);
    // Arguments `{}` may still give way to others, so that call is not over yet.
    for (let next = this.#calls[this.#closed]; next !== call && next?.isOpen && isWhole(next) && next.held === "";) {
      this.#closeNext(out);
      next = this.#calls[this.#closed];
    }
    return call;
  }

  #write(call: Call, text: string, name: string, out: ChatEvent[]): void {
    // White space after whole JSON says nothing.
    if ((call.isClosed || call.held !== "") && text.trim() === "") return;
    if (call.isClosed) throw new Error(`Arguments came for the tool call ${call.name}, which had ended.`);
    call.isNamed = true;
    let piece = text;
    if (call.held !== "") {
      const givesWay = name === "" && text.trimStart().startsWith("{");
      if (givesWay) call.json.state = "before";
      else piece = call.held + text;
      call.held = "";
    } else if (call.pieces.length === 0 && text.trim() === "{}") {
      call.held = text;
      scanJson(call.json, text);
      return;
    }
    scanJson(call.json, text);
    call.pieces.push(piece);
    if (call.isOpen) out.push({ type: "tool-call-delta", index: call.index, arguments: piece });
  }

  #openReady(out: ChatEvent[]): void {
    for (let call = this.#calls[this.#opened]; call && call.id !== "" && call.name !== "" && call.isNamed;) {
      const { index, name, kind, pieces } = call;
      call.id = this.#unique(call.id);
      call.isOpen = true;
      out.push(
        kind
          ? { type: "tool-call-start", index, id: call.id, name, kind }
          : { type: "tool-call-start", index, id: call.id, name },
      );
      if (pieces.length > 0) out.push({ type: "tool-call-delta", index, arguments: pieces.join("") });
      call = this.#calls[++this.#opened];
    }
  }

  #closeNext(out: ChatEvent[]): void {
    const call = this.#calls[this.#closed++]!;
    const { index, id, name, kind, extra, pieces, held } = call;
    if (held !== "") pieces.push(held);
    const text = pieces.join("");
    // A call without arguments has its delta too, so that every call is the same three events.
    if (text === "" || held !== "") out.push({ type: "tool-call-delta", index, arguments: held });
    call.isClosed = true;
    const toolCall = { id, name, arguments: text, ...(kind && { kind }), ...(extra && { extra }) };
    out.push({ type: "tool-call", index, toolCall });
  }

  #unique(id: string): string {
    let unique = id;
    for (let copy = 2; this.#takenIds.has(unique); copy++) unique = `${id}_${copy}`;
    this.#takenIds.add(unique);
    return unique;
  }
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

function isWhole(call: Call): boolean {
  return call.json.state === "after";
}

function isWireIndex(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= highestIndex;
}

function argumentsText(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "object" && value !== null ? JSON.stringify(limitDepth(value as Json)) : "";
}
