import { longestData, splitLines, type LineSplitter } from "./split-lines.ts";

/** Server-sent events: calls `onData` with the data of each event and its name, which is empty for most. */
export function readServerSentEvents(onData: (data: string, event: string) => void): LineSplitter {
  let data: string | undefined;
  let event = "";

  const lines = splitLines((text, from, end) => {
    if (from === end) dispatch();
    else if (text.startsWith("data:", from)) addData(valueOf(text, from + 5, end));
    else if (text.startsWith("event:", from)) event = valueOf(text, from + 6, end).trimEnd();
    else if (end - from === 4 && text.startsWith("data", from)) addData("");
    // All else is a comment (":"), an id, a retry hint or a field that nobody defined.
  });
  return {
    push: lines.push,
    end() {
      lines.end();
      dispatch();
    },
  };

  function addData(value: string): void {
    data = data === undefined ? value : `${data}\n${value}`;
    if (data.length > longestData) throw new Error("The answer holds an event of more than 64 MiB.");
  }

  function dispatch(): void {
    const [text, name] = [data, event];
    data = undefined;
    event = "";
    if (text !== undefined && text !== "") onData(text, name);
  }
}

function valueOf(text: string, from: number, end: number): string {
  return text.slice(text.charCodeAt(from) === 32 ? from + 1 : from, end);
}
