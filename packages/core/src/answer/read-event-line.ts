import { longestData, tooLong, type OpenLine } from "./split-lines.ts";

/** The state of a reader of server-sent events between two lines. */
export type OpenEvent = OpenLine & {
  /** The data of the current event: one line in nearly all events, or several. */
  data: string | undefined;
  more: string[];
  dataSize: number;
  event: string;
  /** Receives the data of each event and its name, which is empty for most; `isOneLine` unless the data were several lines. */
  onData(reader: OpenEvent, data: string, event: string, isOneLine?: boolean): void;
};

/** Each line costs more than its characters: 10 million empty ones are a gigabyte. */
const mostLines = 100_000;
const openBrace = 123;
/** The data of the event that ends a stream. */
export const endMark = "[DONE]";

/** One line of server-sent events; an empty one ends the event. */
export function readEventLine(reader: OpenEvent, text: string, from: number, end: number): void {
  if (from === end) endEvent(reader);
  else if (text.startsWith("data:", from)) addData(reader, valueOf(text, from + 5, end));
  else if (text.startsWith("event:", from)) reader.event = valueOf(text, from + 6, end).trimEnd();
  else if (end - from === 4 && text.startsWith("data", from)) addData(reader, "");
  // Servers report failures in a field of this name, and as JSON without a field.
  else if (text.startsWith("error:", from)) reader.onData(reader, valueOf(text, from + 6, end), "error");
  else if (text.charCodeAt(from) === openBrace) reader.onData(reader, text.slice(from, end), "bare");
  // Everything else is a comment (":"), an id, a retry hint or an undefined field.
}

export function endEvent(reader: OpenEvent): void {
  const { data, more, event } = reader;
  reader.data = undefined;
  reader.event = "";
  if (more.length > 0) {
    reader.more = [];
    reader.dataSize = 0;
    reader.onData(reader, [data, ...more].join("\n"), event, false);
  } else if (data !== undefined && data !== "") reader.onData(reader, data, event);
}

function addData(reader: OpenEvent, value: string): void {
  const last = reader.more.at(-1) ?? reader.data;
  // JSON cannot continue like this: the server left out the blank line.
  if (last?.endsWith("}") && (value.charCodeAt(0) === openBrace || value.startsWith(endMark))) endEvent(reader);
  if (reader.data === undefined) reader.data = value;
  else {
    if (reader.more.length === 0) reader.dataSize = reader.data.length;
    reader.more.push(value);
    reader.dataSize += value.length + 1;
    if (reader.more.length >= mostLines) throw new Error(`The answer has an event of more than ${mostLines} lines.`);
  }
  if (reader.data.length > longestData || reader.dataSize > longestData) throw new Error(tooLong);
}

function valueOf(text: string, from: number, end: number): string {
  return text.slice(text.charCodeAt(from) === 32 ? from + 1 : from, end);
}
