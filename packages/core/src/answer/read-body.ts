import type { JsonObject } from "../json.ts";
import { endEvent, readEventLine, type OpenEvent } from "./read-event-line.ts";
import { endLine, longestData, splitLines } from "./split-lines.ts";

export type BodyReader = {
  push(text: string): void;
  end(): void;
  /** The framing's own end mark was seen; nothing of interest follows. */
  readonly isTerminated: boolean;
};

type OnObject = (object: JsonObject, event: string) => void;
type Body = BodyReader &
  OpenEvent & {
    readonly framing: "sse" | "ndjson";
    readonly onObject: OnObject;
    isStarted: boolean;
    /** A whole document, in pieces. */
    whole: string[] | undefined;
    wholeSize: number;
    hasData: boolean;
    isTerminated: boolean;
  };

const endMark = "[DONE]";
const openBrace = 123;

/**
 * From the text of a body to its JSON objects, whatever the content type says: a stream where JSON was asked and the
 * reverse both happen. The first character tells; a body whose first line is not JSON by itself is read as one document.
 */
export function readBody(framing: "sse" | "ndjson", onObject: OnObject): BodyReader {
  const body: Body = {
    framing,
    onObject,
    onData: takeData,
    pieces: [],
    size: 0,
    endedWithReturn: false,
    data: undefined,
    event: "",
    isStarted: false,
    whole: undefined,
    wholeSize: 0,
    hasData: false,
    isTerminated: false,
    push: (text) => pushText(body, text),
    end: () => endText(body),
  };
  return body;
}

function pushText(body: Body, read: string): void {
  let text = read;
  if (!body.isStarted) {
    // Keep-alive blank lines stand before the answer of a busy endpoint.
    text = text.replace(/^[\uFEFF\s]+/, "");
    if (text === "") return;
    body.isStarted = true;
    if (text[0] === "<")
      throw new Error(
        `The answer is not JSON but begins with ${JSON.stringify(text.slice(0, 60))}. Look at the base URL.`,
      );
    if (body.framing === "sse" && (text[0] === "{" || text[0] === "[")) body.whole = [];
  }
  if (body.framing === "ndjson") splitLines(body, text, readJsonLine);
  else if (body.whole) hold(body, text);
  else splitLines(body, text, readEventLine);
}

function endText(body: Body): void {
  if (body.framing === "ndjson") endLine(body, readJsonLine);
  else if (!body.whole) {
    endLine(body, readEventLine);
    endEvent(body);
  }
  if (body.whole) body.onObject(parse(body.whole.join("")), "");
}

function hold(body: Body, text: string): void {
  body.whole?.push(text);
  body.wholeSize += text.length;
  if (body.wholeSize > longestData) throw new Error("The answer is longer than 64 MiB.");
}

function readJsonLine(body: Body, text: string, from: number, end: number): void {
  const line = text.slice(from, end);
  if (line.trim() !== "") takeData(body, line, "");
}

function takeData(body: Body, data: string, event: string): void {
  const { framing, hasData, onObject } = body;
  body.hasData = true;
  if (body.whole) hold(body, `\n${data}`);
  else if (body.isTerminated) return;
  // Nearly all data is an object on one line.
  else if (data.charCodeAt(0) === openBrace && framing === "sse" && event !== "error" && !data.includes("\n"))
    onObject(parse(data), event);
  else if (data.trim() === "" || data === "null") return;
  else if (framing === "sse" && data.trimEnd() === endMark) body.isTerminated = true;
  else if (framing === "ndjson" && !hasData && !isJson(data)) body.whole = [data];
  else if (event === "error" && !isJson(data)) onObject({ error: data }, event);
  else if (!data.includes("\n") || isJson(data)) onObject(parse(data), event);
  // The data lines of one event are one JSON text, but servers that leave out the blank line send several.
  else for (const line of data.split("\n")) takeData(body, line, event);
}

function parse(text: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(`The answer holds what is not JSON: ${JSON.stringify(text.slice(0, 200))}`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Error(`The answer holds JSON that is no object: ${JSON.stringify(text.slice(0, 200))}`);
  }
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
