import type { RagEvent } from "@llm-provider/rag";
import { expect, test } from "vitest";
import { commandIo } from "../../testing/src/command/io.ts";
import { showEvents } from "../src/rag/show-events.ts";

const progress = (name: string, done: number): RagEvent => ({ type: "progress", fileId: name, name, done, total: 128 });
const stored = (more: object): RagEvent => ({
  type: "stored",
  fileId: "a.pdf",
  name: "a.pdf",
  chunks: 128,
  embedded: 128,
  milliseconds: 4100,
  ...more,
});

function shown(isTerminal: boolean, ...events: RagEvent[]): string[] {
  const lines: string[] = [];
  const io = commandIo({
    out: () => {},
    err: (text) => lines.push(text),
    stdin: async () => "",
    env: {},
    cwd: "/",
    isTerminal,
    hasInput: false,
    columns: 40,
    signal: new AbortController().signal,
  });
  events.forEach(showEvents(io));
  return lines;
}

test("without a terminal a file gets a line for each batch but the last, and one at its end", () => {
  expect(shown(false, progress("a.pdf", 64), progress("a.pdf", 128), stored({}))).toEqual([
    "embedding a.pdf 64 of 128 chunks\n",
    "stored a.pdf: 128 chunks · 4.1 s\n",
  ]);
});

test("a terminal shows one redrawn line for all files being embedded", () => {
  const [first, clear, second, last] = shown(true, progress("a.pdf", 64), progress("b.pdf", 64), stored({}));
  expect(first).toContain("a.pdf 64/128");
  expect(clear).toBe("\u001b[1A\u001b[J");
  expect(second).toContain("a.pdf 64/128 · b.pdf 64/128");
  expect(last).toBe("\u001b[1A\u001b[J");
});

test.each<[RagEvent, string]>([
  [stored({ embedded: 0 }), "stored a.pdf: it was there already, 128 chunks · 4.1 s\n"],
  [stored({ embedded: 64, cost: 0.0012 }), "stored a.pdf: 128 chunks, 64 of them embedded now · 4.1 s · $0.0012\n"],
  [stored({ chunks: 1, embedded: 1 }), "stored a.pdf: 1 chunk · 4.1 s\n"],
  [{ type: "searched", files: 1, skipped: 0, found: 5, milliseconds: 38 }, "searched 1 file: 5 chunks · 38 ms\n"],
  [
    { type: "searched", files: 1, skipped: 2, found: 5, milliseconds: 38 },
    "searched 1 file: 5 chunks · 38 ms · not searched, since another model embedded them: 2\n",
  ],
  [{ type: "deleted", files: 2 }, "deleted 2 files\n"],
  [
    { type: "refused", route: "POST /embed", status: 200, message: "a.zip is an archive." },
    "refused POST /embed: a.zip is an archive.\n",
  ],
  [
    { type: "refused", route: "POST /query", status: 502, message: "No answer." },
    "refused POST /query (502): No answer.\n",
  ],
])("%j is %s", (event, line) => {
  expect(shown(false, event)).toEqual([line]);
});

test("a refused file leaves the line, and foreign names do not control the terminal", () => {
  const refused: RagEvent = { type: "refused", fileId: "a.pdf", route: "POST /embed", status: 422, message: "No." };
  const lines = shown(true, progress("a.pdf", 1), refused, progress("\u001b[2Jb.pdf", 1));
  expect(lines.at(-1)).not.toContain("a.pdf");
  expect(lines.at(-1)).not.toContain("\u001b[2J");
});
