import { chatCompletions, type ChatEvent, type Definition } from "@llm-provider/core";
import { describe, expect, it } from "vitest";
import { acme, hello } from "./support/acme.ts";
import { chunkings, cut } from "./support/chunkings.ts";
import { completion, delta, done, fakeFetch, finish, sse, usage } from "./support/fake-fetch.ts";
import { readEvents } from "./support/read-events.ts";

async function read(body: string | Uint8Array | readonly (string | Uint8Array)[], facts: Partial<Definition> = {}) {
  const { fetch } = fakeFetch({ body });
  const stream = acme(facts, { fetch, maxRetries: 0 }).stream(hello);
  const { events, error } = await readEvents(stream);
  const text = events.flatMap((event) => (event.type === "text" ? [event.text] : [])).join("");
  return { events, error, text, result: error ? undefined : await stream.result };
}

/** Reads a body in all chunkings and expects the same events from each. */
async function readAll(body: string | Uint8Array, facts: Partial<Definition> = {}): Promise<ChatEvent[]> {
  const [first, ...others] = await Promise.all(chunkings(body).map(({ pieces }) => read(pieces, facts)));
  if (first!.error) throw first!.error;
  for (const other of others) expect(other.events).toEqual(first!.events);
  return first!.events;
}

function textOf(events: readonly ChatEvent[]): string {
  return events.map((event) => (event.type === "text" ? event.text : "")).join("");
}

const answer = sse(delta({ role: "assistant", content: "" }), delta({ content: "Grüße, 世界 🎯" }), finish(), done);

describe("server-sent events", () => {
  it.each([
    ["LF", "\n"],
    ["CRLF", "\r\n"],
    ["CR", "\r"],
  ])("may end their lines with %s, even split across reads", async (_, end) => {
    expect(textOf(await readAll(answer.replaceAll("\n", end)))).toBe("Grüße, 世界 🎯");
  });

  it("may mix line ends, such as a blank LF line after a CRLF", async () => {
    const [first, second] = [delta({ content: "a" }), delta({ content: "b" })].map((chunk) => JSON.stringify(chunk));
    const body = `data: ${first}\r\n\ndata: ${second}\n\r\ndata: ${JSON.stringify(finish())}\r\r`;
    const events = await readAll(body);
    expect(textOf(events)).toBe("ab");
    // Byte by byte, the carriage return, the line feed and the blank line arrive in separate reads.
    expect((await read([`data: ${first}\r`, "\n", "\n", `data: ${second}\n\n`, sse(finish())])).text).toBe("ab");
  });

  it("give the same events wherever they are cut", async () => {
    const bytes = new TextEncoder().encode(answer.replaceAll("\n", "\r\n"));
    const { events } = await read([bytes]);
    for (let at = 1; at < bytes.length; at++) {
      expect((await read([bytes.subarray(0, at), bytes.subarray(at)])).events, `cut at ${at}`).toEqual(events);
    }
  });

  it("may begin with a byte order mark", async () => {
    expect(textOf(await readAll(`\uFEFF${answer}`))).toBe("Grüße, 世界 🎯");
  });

  it("keep a byte order mark inside text", async () => {
    expect(textOf(await readAll(sse(delta({ content: "a\uFEFFb" }), finish())))).toBe("a\uFEFFb");
  });

  it("may have comments, ids, retry hints, names and unknown fields", async () => {
    const body = `: OPENING\n\n:\nid: 7\nretry: 10\nevent: message\nfoo: bar\nfoo\n${sse(delta({ content: "a" }))}: ping\n\n${sse(finish())}:`;
    expect(textOf(await readAll(body))).toBe("a");
  });

  it("may have no space after the colon, or two", async () => {
    const body = `data:${JSON.stringify(delta({ content: "a" }))}\n\ndata:  ${JSON.stringify(finish())}\n\n`;
    expect(textOf(await readAll(body))).toBe("a");
  });

  it("may spread their data over several lines", async () => {
    const pretty = JSON.stringify(delta({ content: "a\nb" }), null, 2);
    const lines = pretty.split("\n").map((line) => `data: ${line}\n`);
    expect(textOf(await readAll(`${lines.join("")}\n${sse(finish())}`))).toBe("a\nb");
  });

  it("may have no blank line between them", async () => {
    const body = [delta({ content: "a" }), delta({ content: "b" }), finish()]
      .map((chunk) => `data: ${JSON.stringify(chunk)}\n`)
      .join("");
    expect(textOf(await readAll(`${body}data: [DONE]\n\n`))).toBe("ab");
  });

  it("may end without [DONE], and without a last line end", async () => {
    expect(textOf(await readAll(sse(delta({ content: "a" }), finish())))).toBe("a");
    expect(textOf(await readAll(sse(delta({ content: "a" }), finish()).trimEnd()))).toBe("a");
    expect(textOf(await readAll(`${sse(delta({ content: "a" }), finish())}data: [DONE]`))).toBe("a");
  });

  it("may have empty data and null", async () => {
    const body = `data\n\ndata:\n\ndata: \n\ndata: null\n\n${sse(delta({ content: "a" }), finish())}`;
    expect(textOf(await readAll(body))).toBe("a");
  });

  it("are ignored after [DONE]", async () => {
    expect(textOf(await readAll(`${answer}${sse(delta({ content: "late" }))}data: not json\n\n`))).toBe(
      "Grüße, 世界 🎯",
    );
  });

  it("keep U+2028, U+2029, U+0085 and vertical tabs inside text", async () => {
    const odd = "a\u2028b\u2029c\u0085d\u000be";
    const raw = JSON.stringify(delta({ content: "_" })).replace("_", "a\u2028b\u2029c\u0085d\\u000be");
    expect(textOf(await readAll(`data: ${raw}\n\n${sse(finish())}`))).toBe(odd);
  });

  it("survive bytes that are not UTF-8", async () => {
    const [before, after] = sse(delta({ content: "§" }), finish())
      .split("§")
      .map((part) => new TextEncoder().encode(part));
    const body = new Uint8Array([...before!, 0xff, 0xc3, ...after!]);
    expect(textOf(await readAll(body))).toBe("\uFFFD\uFFFD");
  });
});

describe("a body of an unexpected kind", () => {
  it("is read by the same decoder if it is JSON instead of a stream", async () => {
    const whole = completion({ role: "assistant", content: "Hi" }, "stop", { usage });
    for (const body of [JSON.stringify(whole), JSON.stringify(whole, null, 2), `\r\n \n${JSON.stringify(whole)}\n`]) {
      expect(await readAll(body)).toEqual([
        { type: "start", id: "c1", model: "acme-2" },
        { type: "text", text: "Hi" },
        {
          type: "finish",
          finishReason: "stop",
          rawFinishReason: "stop",
          usage: { inputTokens: 10, outputTokens: 5, totalTokens: 15 },
        },
      ]);
    }
  });

  it("is read if it is a stream instead of JSON", async () => {
    for (const { pieces } of chunkings(answer)) {
      const { fetch } = fakeFetch({ body: pieces, headers: { "content-type": "application/json" } });
      expect((await acme({}, { fetch }).chat(hello)).text).toBe("Grüße, 世界 🎯");
    }
  });

  it("may begin with blank keep-alive lines", async () => {
    const body = `\n\n \n\r\n${JSON.stringify(completion({ content: "Hi" }))}`;
    for (const { pieces } of chunkings(body)) {
      const { fetch } = fakeFetch({ body: pieces });
      expect((await acme({}, { fetch }).chat(hello)).text).toBe("Hi");
    }
    expect(textOf(await readAll(`\n\n\r\n${answer}`))).toBe("Grüße, 世界 🎯");
  });

  // A 200 that is not an answer is an error that quotes the body.
  it.each([
    ["a web page", "<!doctype html><title>Sign in</title>", /an HTML page "Sign in"/],
    ["text", "upstream error", /^upstream error$/],
    ["nothing", "", /without a body/],
    ["a number", "data: 7\n\n", /not an object/],
    ["a list", "[1]", /not an object/],
    ["half a line of JSON", 'data: {"id":\n\n', /not valid JSON/],
    ["half a document", '{"id": "c1", "choices": [', /not valid JSON/],
  ])("is an invalid response if it is %s", async (_, body, message) => {
    const { error } = await read(body);
    expect(error).toMatchObject({ code: "invalid-response", status: 200, retryable: false });
    expect(error!.message).toMatch(message);
  });
});

describe("newline-delimited JSON", () => {
  const facts = { dialect: { ...chatCompletions(), framing: "ndjson" as const } };
  const lines = [delta({ content: "a" }), delta({ content: "é" }), finish()].map((chunk) => JSON.stringify(chunk));

  it.each([
    ["LF", `${lines.join("\n")}\n`],
    ["CRLF", lines.join("\r\n")],
    ["blank lines", `\n\n${lines.join("\n\n\n")}`],
  ])("is read line by line: %s", async (_, body) => {
    expect(textOf(await readAll(body, facts))).toBe("aé");
  });

  it("may be one document on many lines", async () => {
    const whole = JSON.stringify(completion({ content: "Hi" }), null, 2);
    expect(textOf(await readAll(whole, facts))).toBe("Hi");
  });

  it("is an invalid response if it breaks off inside a line", async () => {
    expect((await read(`${lines[0]}\n{"id":`, facts)).error).toMatchObject({
      code: "invalid-response",
      partial: { text: "a" },
    });
  });
});

describe("long data", () => {
  it("of 8 MB in reads of 4 KiB is read in linear time", async () => {
    const text = "x".repeat(8 * 1024 * 1024);
    const bytes = new TextEncoder().encode(sse(delta({ content: text }), finish()));
    const began = performance.now();
    const { text: joined } = await read(cut(bytes, () => 4096));
    expect(joined.length).toBe(text.length);
    // A splitter that searches the whole line again at each read takes a minute.
    expect(performance.now() - began).toBeLessThan(3000);
  });

  // The data of one event may be up to 16 MiB.
  it("may be up to 16 MiB in one event", async () => {
    const mebibyte = new Uint8Array(1024 * 1024).fill(120);
    const around = (count: number) => {
      const [before, after] = JSON.stringify(delta({ content: "§" })).split("§") as [string, string];
      const filled = count * mebibyte.length - before.length - after.length;
      const fill = Array.from({ length: count - 1 }, () => mebibyte);
      fill.push(mebibyte.subarray(0, filled - (count - 1) * mebibyte.length));
      return [`data: ${before}`, ...fill, `${after}\n\n`, sse(finish())];
    };
    expect((await read(around(16))).error).toBeUndefined();
    const { error } = await read(around(17));
    expect(error).toMatchObject({ code: "invalid-response" });
    expect(error!.message).toContain("16 MiB");
  });

  it("has the same limit in short lines and in one document", async () => {
    const line = new TextEncoder().encode(`data: ${"x".repeat(1024 * 1024)}\n`);
    const lines = Array.from({ length: 18 }, () => line);
    expect((await read(lines)).error?.message).toContain("16 MiB");
    const spaces = new Uint8Array(1024 * 1024).fill(32);
    expect((await read(["{", ...Array.from({ length: 18 }, () => spaces)])).error?.message).toContain("16 MiB");
  });
});
