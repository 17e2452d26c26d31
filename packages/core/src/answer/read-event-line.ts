import { longestData, type OpenLine } from "./split-lines.ts";

/** What a reader of server-sent events keeps between two lines. */
export type OpenEvent = OpenLine & {
  data: string | undefined;
  event: string;
  /** Takes the data of each event and its name, which is empty for most. */
  onData(reader: OpenEvent, data: string, event: string): void;
};

/** One line of server-sent events; an empty one ends the event. */
export function readEventLine(reader: OpenEvent, text: string, from: number, end: number): void {
  if (from === end) endEvent(reader);
  else if (text.startsWith("data:", from)) addData(reader, valueOf(text, from + 5, end));
  else if (text.startsWith("event:", from)) reader.event = valueOf(text, from + 6, end).trimEnd();
  else if (end - from === 4 && text.startsWith("data", from)) addData(reader, "");
  // All else is a comment (":"), an id, a retry hint or a field that nobody defined.
}

export function endEvent(reader: OpenEvent): void {
  const { data, event } = reader;
  reader.data = undefined;
  reader.event = "";
  if (data !== undefined && data !== "") reader.onData(reader, data, event);
}

function addData(reader: OpenEvent, value: string): void {
  reader.data = reader.data === undefined ? value : `${reader.data}\n${value}`;
  if (reader.data.length > longestData) throw new Error("The answer holds an event of more than 64 MiB.");
}

function valueOf(text: string, from: number, end: number): string {
  return text.slice(text.charCodeAt(from) === 32 ? from + 1 : from, end);
}
