import type { JsonObject } from "../json.ts";
import { readJsonLines } from "./read-json-lines.ts";
import { readServerSentEvents } from "./read-server-sent-events.ts";
import { longestData, type LineSplitter } from "./split-lines.ts";

export type BodyReader = {
  push(text: string): void;
  end(): void;
  /** The framing's own end mark was seen; nothing of interest follows. */
  readonly isTerminated: boolean;
};

const endMark = "[DONE]";

/**
 * From the text of a body to its JSON objects, whatever the content type says: a stream where JSON was asked and the
 * reverse both happen. The first character tells; a body whose first line is not JSON by itself is read as one document.
 */
export function readBody(framing: "sse" | "ndjson", onObject: (object: JsonObject, event: string) => void): BodyReader {
  let lines: LineSplitter | undefined;
  let whole: string[] | undefined;
  let size = 0;
  let isFirst = true;
  let isTerminated = false;

  return {
    get isTerminated() {
      return isTerminated;
    },
    push(read) {
      let text = read;
      if (!lines && !whole) {
        // Keep-alive blank lines stand before the answer of a busy endpoint.
        text = text.replace(/^[\uFEFF\s]+/, "");
        if (text === "") return;
        if (framing === "sse" && (text[0] === "{" || text[0] === "[")) whole = [];
        else lines = framing === "sse" ? readServerSentEvents(onData) : readJsonLines(onData);
        if (text[0] === "<")
          throw new Error(
            `The answer is not JSON but begins with ${JSON.stringify(text.slice(0, 60))}. Look at the base URL.`,
          );
      }
      if (lines) lines.push(text);
      else hold(text);
    },
    end() {
      lines?.end();
      if (whole) onObject(parse(whole.join("")), "");
    },
  };

  function hold(text: string): void {
    whole?.push(text);
    size += text.length;
    if (size > longestData) throw new Error("The answer is longer than 64 MiB.");
  }

  function onData(data: string, event: string): void {
    if (whole) hold(`\n${data}`);
    else if (isTerminated || data.trim() === "" || data === "null") return;
    else if (framing === "sse" && data.trimEnd() === endMark) isTerminated = true;
    else if (framing === "ndjson" && isFirst && !isJson(data)) whole = [data];
    else if (event === "error" && !isJson(data)) onObject({ error: data }, event);
    else if (!data.includes("\n") || isJson(data)) onObject(parse(data), event);
    // The data lines of one event are one JSON text, but servers that leave out the blank line send several.
    else for (const line of data.split("\n")) onData(line, event);
    isFirst = false;
  }
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
