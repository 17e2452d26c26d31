import type { Json, JsonObject } from "../json.ts";
import { endEvent, endMark, readEventLine, type OpenEvent } from "./read-event-line.ts";
import { endLine, longestData, splitLines, tooLong } from "./split-lines.ts";

export type BodyReader = {
  push(text: string): void;
  end(): void;
  /** The framing's own end mark was seen; the rest does not matter. */
  readonly isTerminated: boolean;
  /** The first characters of the body: the message if the body is not an answer. */
  readonly head: string;
};

/** `event`: the name of the event, `bare` for JSON outside of any field of an event, empty for most. */
type OnObject = (object: JsonObject, event: string) => void;
type Body = BodyReader &
  OpenEvent & {
    readonly framing: "sse" | "ndjson";
    readonly onObject: OnObject;
    readonly onChunk: ((data: string) => void) | undefined;
    isStarted: boolean;
    /** A whole document, in pieces. */
    whole: string[] | undefined;
    wholeSize: number;
    hasData: boolean;
    isTerminated: boolean;
    head: string;
  };

const [openBrace, colon] = [123, 58];
const longestHead = 1000;

/**
 * From the text of a body to its JSON objects, whatever the content type says: a stream where JSON was requested and the
 * reverse both happen. The first character decides; a body whose first line is not JSON by itself is read as one document.
 */
export function readBody(framing: "sse" | "ndjson", onObject: OnObject, onChunk?: (data: string) => void): BodyReader {
  const body: Body = {
    framing,
    onObject,
    onChunk,
    onData: takeData,
    pieces: [],
    size: 0,
    endedWithReturn: false,
    data: undefined,
    more: [],
    dataSize: 0,
    event: "",
    isStarted: false,
    whole: undefined,
    wholeSize: 0,
    hasData: false,
    isTerminated: false,
    head: "",
    push: (text) => pushText(body, text),
    end: () => endText(body),
  };
  return body;
}

function pushText(body: Body, read: string): void {
  let text = read;
  if (!body.isStarted) {
    // Keep-alive blank lines come before the answer of a busy endpoint.
    text = text.replace(/^[\uFEFF\s]+/, "");
    if (text === "") return;
    body.isStarted = true;
    if (body.framing === "sse" && (text[0] === "{" || text[0] === "[")) body.whole = [];
  }
  if (body.head.length < longestHead) body.head += copyOf(text.slice(0, longestHead - body.head.length));
  if (body.framing === "ndjson") splitLines(body, text, readJsonLine);
  else if (body.whole) hold(body, text);
  else splitLines(body, text, readEventLine);
}

/** A substring keeps the whole text in memory, a copy does not. */
function copyOf(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string;
}

function endText(body: Body): void {
  if (body.framing === "ndjson") endLine(body, readJsonLine);
  else if (!body.whole) {
    endLine(body, readEventLine);
    endEvent(body);
  }
  if (body.whole) endWhole(body, body.whole.join(""));
}

/** A body that began like a document may still be lines: JSON without its `data:`, or an error before the end mark. */
function endWhole(body: Body, text: string): void {
  if (body.framing === "ndjson" || !text.trimEnd().includes("\n") || isJson(text)) return take(body, text, "");
  body.whole = undefined;
  splitLines(body, `${text}\n`, readEventLine);
  endEvent(body);
}

function hold(body: Body, text: string): void {
  body.whole?.push(text);
  body.wholeSize += text.length;
  if (body.wholeSize > longestData) throw new Error(tooLong);
}

function readJsonLine(body: Body, text: string, from: number, end: number): void {
  const line = text.slice(from, end);
  if (line.trim() !== "") takeData(body, line, "");
}

function takeData(body: Body, data: string, event: string, isOneLine = true): void {
  const { framing, hasData } = body;
  body.hasData = true;
  if (body.whole) hold(body, `\n${data}`);
  else if (body.isTerminated) return;
  // Nearly all data is an object on one line.
  else if (data.charCodeAt(0) === openBrace && framing === "sse" && event === "" && isOneLine) take(body, data, event);
  else if (data.charCodeAt(0) === colon || ["", "null", '""'].includes(data.trim())) return;
  else if (data.startsWith("data:")) takeData(body, data.replace(/^(?:data: ?)+/, ""), event, isOneLine);
  else if (framing === "sse" && data.trimEnd() === endMark) endByMark(body, data);
  else if (framing === "ndjson" && !hasData && !isJson(data)) body.whole = [data];
  else if (event === "bare") takeBare(body, data);
  else if (event === "error" && !isObject(data)) body.onObject({ error: data }, event);
  else if (isPing(event) && !isObject(data)) return;
  else if (isOneLine || isJson(data)) take(body, data, event);
  // The data lines of one event are one JSON text. A server that broke off in the middle of one may still say why.
  else {
    const lines = data.split("\n");
    for (const line of [...lines.filter(isObject), ...lines.filter((one) => !isObject(one))])
      takeData(body, line, event);
  }
}

function endByMark(body: Body, data: string): void {
  body.onChunk?.(data);
  body.isTerminated = true;
}

/** Events with other names only keep the connection open; their data may be anything. */
function isPing(event: string): boolean {
  return event !== "" && event !== "message";
}

/** A line outside of every field is worth reading only if it is JSON. */
function takeBare(body: Body, data: string): void {
  if (isObject(data)) take(body, data, "bare");
}

function take(body: Body, data: string, event: string): void {
  body.onChunk?.(data);
  body.onObject(parse(data), event);
}

function parse(text: string): JsonObject {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    throw new Error(`The answer is not valid JSON: ${JSON.stringify(text.slice(0, 200))}`);
  }
  // One endpoint wraps its errors in a list.
  if (Array.isArray(value)) value = (value.find((one) => typeof one === "object" && one !== null) as Json) ?? null;
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Error(`The answer has JSON that is not an object: ${JSON.stringify(text.slice(0, 200))}`);
  return value as JsonObject;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function isObject(text: string): boolean {
  return text.trimStart().startsWith("{") && isJson(text);
}
