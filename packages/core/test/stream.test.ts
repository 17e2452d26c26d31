import { type ChatEvent, type ChatStream, ProviderError } from "@llm-provider/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { acme, hello } from "./support/acme.ts";
import { delta, done, fakeFetch, finish, sse, usage, type FakeAnswer } from "./support/fake-fetch.ts";
import { failure, readEvents } from "./support/read-events.ts";

const pieces = [
  sse(delta({ content: "a" })),
  sse(delta({ reasoning_content: "r" }), delta({ content: "b" })),
  sse(finish("stop", { usage }), done),
];

function open(answer: FakeAnswer = { body: pieces }, signal?: AbortSignal) {
  const { fetch, calls } = fakeFetch(answer);
  const stream = acme({}, { fetch, maxRetries: 0 }).stream(hello, signal && { signal });
  return { stream, calls };
}

/** Waits until all pending microtasks and callbacks have run. */
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

const unhandled: unknown[] = [];
const note = (reason: unknown): void => void unhandled.push(reason);
beforeEach(() => {
  unhandled.length = 0;
  process.on("unhandledRejection", note);
});
afterEach(async () => {
  await turn();
  process.off("unhandledRejection", note);
  expect(unhandled, "unhandled rejections").toEqual([]);
});

describe("no request is sent", () => {
  it("before the loop or result is used", async () => {
    const { stream, calls } = open();
    await turn();
    expect(calls).toHaveLength(0);
    const iterator = stream[Symbol.asyncIterator]();
    await turn();
    expect(calls).toHaveLength(0);
    await iterator.next();
    expect(calls).toHaveLength(1);
  });

  it("more than once, whichever of the two is used first", async () => {
    const { stream, calls } = open();
    await stream.result;
    await readEvents(stream);
    await stream.result;
    expect(calls).toHaveLength(1);
  });

  it("when a loop is left before its first step", async () => {
    const { stream, calls } = open();
    await stream[Symbol.asyncIterator]().return!();
    expect((await failure(stream.result)).code).toBe("aborted");
    expect(calls).toHaveLength(0);
  });
});

describe("result", () => {
  it("is the whole answer", async () => {
    const { stream } = open({ body: pieces, headers: { "X-Request-Id": "r1" } });
    expect(await stream.result).toEqual({
      id: "c1",
      model: "acme-2",
      text: "ab",
      reasoning: "r",
      toolCalls: [],
      finishReason: "stop",
      rawFinishReason: "stop",
      usage: { inputTokens: 10, outputTokens: 5, totalTokens: 15 },
      message: { role: "assistant", content: "ab", reasoning: "r", provider: "acme" },
      changes: [],
      metadata: {},
      response: { status: 200, headers: { "x-request-id": "r1" }, requestId: "r1" },
    });
  });

  it("is always the same promise", () => {
    const { stream } = open();
    expect(stream.result).toBe(stream.result);
  });

  it("settles after a loop has read the body", async () => {
    const { stream } = open();
    const { events } = await readEvents(stream);
    expect(events.map(({ type }) => type)).toEqual(["start", "text", "reasoning", "text", "finish"]);
    expect((await stream.result).text).toBe("ab");
  });

  it("has settled when the loop gets finish", async () => {
    const { stream } = open();
    for await (const event of stream) {
      if (event.type === "finish") expect((await stream.result).text).toBe("ab");
    }
  });

  it("does not settle before the body has ended", async () => {
    const { stream } = open({ body: [sse(delta({ content: "a" }), finish())], ending: "hang" });
    let isSettled = false;
    void stream.result.then(
      () => (isSettled = true),
      () => {},
    );
    await turn();
    await turn();
    expect(isSettled).toBe(false);
  });

  it("settles without a loop, and keeps the events for a later one", async () => {
    const { stream } = open();
    const result = await stream.result;
    const { events } = await readEvents(stream);
    expect(events).toHaveLength(5);
    expect(result.text).toBe("ab");
  });

  it("keeps the events for a loop that starts while it reads", async () => {
    const { stream } = open();
    const result = stream.result;
    await turn();
    const { events } = await readEvents(stream);
    expect(events).toHaveLength(5);
    expect((await result).text).toBe("ab");
  });

  it("leaves the reading to a loop that starts in the same turn", async () => {
    const { fetch } = fakeFetch({ body: pieces });
    let reads = 0;
    const counting: typeof fetch = async (url, init) => {
      const response = await fetch(url, init);
      const reader = response.body!.getReader();
      const body = new ReadableStream<Uint8Array>(
        {
          async pull(controller) {
            reads++;
            const { value, done: ended } = await reader.read();
            if (ended) controller.close();
            else controller.enqueue(value);
          },
        },
        { highWaterMark: 0 },
      );
      return new Response(body, response);
    };
    const stream = acme({}, { fetch: counting }).stream(hello);
    const result = stream.result;
    const iterator = stream[Symbol.asyncIterator]();
    await iterator.next();
    for (let i = 0; i < 5; i++) await turn();
    // No drain has read ahead of the loop.
    expect(reads).toBe(1);
    while (!(await iterator.next()).done);
    expect((await result).text).toBe("ab");
  });

  it("does not drain the stream if it is read in the same turn after the loop starts", async () => {
    const { stream } = open();
    const events: ChatEvent[] = [];
    const loop = (async () => {
      for await (const event of stream) events.push(event);
    })();
    const [result] = await Promise.all([stream.result, loop]);
    expect(events).toHaveLength(5);
    expect(result.text).toBe("ab");
  });

  it("gives a later loop the events before the error, then the error", async () => {
    const { stream } = open({ body: [sse(delta({ content: "a" }))], ending: new Error("reset") });
    const error = await failure(stream.result);
    expect(error).toMatchObject({ code: "network", partial: { text: "a" } });
    const read = await readEvents(stream);
    expect(read.events.map(({ type }) => type)).toEqual(["start", "text"]);
    expect(read.error).toBe(error);
  });
});

describe("a loop", () => {
  it("is allowed once for each stream; a second one throws a TypeError", async () => {
    const { stream, calls } = open();
    stream[Symbol.asyncIterator]();
    expect(() => stream[Symbol.asyncIterator]()).toThrow(TypeError);
    const again = open().stream;
    await readEvents(again);
    await expect(readEvents(again)).rejects.toThrow(TypeError);
    expect(calls).toHaveLength(0);
  });

  it("yields events as they arrive", async () => {
    let send: ((text: string) => void) | undefined;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        send = (text) => controller.enqueue(new TextEncoder().encode(text));
      },
    });
    const stream = acme({}, { fetch: async () => new Response(body) }).stream(hello);
    const iterator = stream[Symbol.asyncIterator]();
    const first = iterator.next();
    await turn();
    send!(pieces[0]!);
    expect((await first).value).toMatchObject({ type: "start" });
    expect((await iterator.next()).value).toEqual({ type: "text", text: "a" });
    let isGiven = false;
    const second = iterator.next().then((step) => ((isGiven = true), step));
    await turn();
    expect(isGiven).toBe(false);
    send!(pieces[1]!);
    expect((await second).value).toEqual({ type: "reasoning", text: "r" });
    await iterator.return!();
  });

  it("may be slow", async () => {
    const { stream } = open();
    const events: ChatEvent[] = [];
    for await (const event of stream) {
      await turn();
      events.push(event);
    }
    expect(events).toHaveLength(5);
  });

  it("allows several calls of next() at once", async () => {
    const { stream } = open();
    const iterator = stream[Symbol.asyncIterator]();
    const steps = await Promise.all(Array.from({ length: 7 }, () => iterator.next()));
    expect(steps.filter((step) => !step.done).map((step) => (step.value as ChatEvent).type)).toEqual([
      "start",
      "text",
      "reasoning",
      "text",
      "finish",
    ]);
  });

  it("ends for good after an error", async () => {
    const { stream } = open({ status: 400, body: "{}" });
    const iterator = stream[Symbol.asyncIterator]();
    expect((await failure(() => iterator.next())).code).toBe("invalid-request");
    expect(await iterator.next()).toEqual({ value: undefined, done: true });
  });

  it("causes no unhandled rejection through result if it fails, whether result was used or not", async () => {
    const { stream } = open({ status: 400, body: "{}" });
    await readEvents(stream);
    const asked = open({ status: 400, body: "{}" }).stream;
    void asked.result;
    const other = open({ status: 400, body: "{}" }).stream;
    void other.result;
    await readEvents(other);
    await turn();
    await turn();
  });
});

describe("leaving the loop", () => {
  const leaveAfter = async (stream: ChatStream, count: number): Promise<void> => {
    let seen = 0;
    for await (const _ of stream) if (++seen === count) break;
  };

  it("aborts the request and rejects result with aborted", async () => {
    let cancelled = 0;
    const { stream, calls } = open({ body: pieces.slice(0, 2), ending: "hang", onCancel: () => cancelled++ });
    await leaveAfter(stream, 2);
    const error = await failure(stream.result);
    expect(error).toMatchObject({ code: "aborted", provider: "acme", retryable: false });
    await turn();
    expect(calls[0]!.init.signal!.aborted).toBe(true);
    expect(cancelled).toBe(1);
  });

  it("also rejects a result that was requested before", async () => {
    const { stream } = open({ body: pieces.slice(0, 2), ending: "hang" });
    const result = failure(stream.result);
    await leaveAfter(stream, 1);
    expect((await result).code).toBe("aborted");
  });

  it("before finish rejects, even if the body arrived in few reads", async () => {
    const { stream } = open({ body: pieces.join("") });
    await leaveAfter(stream, 2);
    expect((await failure(stream.result)).code).toBe("aborted");
  });

  it("at finish does not reject, because the answer is complete", async () => {
    const { stream } = open();
    for await (const event of stream) if (event.type === "finish") break;
    expect((await stream.result).text).toBe("ab");
  });

  it("with an exception counts as leaving", async () => {
    const { stream } = open({ body: pieces.slice(0, 2), ending: "hang" });
    const own = new Error("mine");
    const loop = async (): Promise<void> => {
      for await (const _ of stream) throw own;
    };
    await expect(loop()).rejects.toBe(own);
    expect((await failure(stream.result)).code).toBe("aborted");
  });

  it("ends the loop for good, including a pending step", async () => {
    const { stream } = open({ body: pieces.slice(0, 1), ending: "hang" });
    const iterator = stream[Symbol.asyncIterator]();
    await iterator.next();
    await iterator.next();
    const waiting = iterator.next();
    await turn();
    await iterator.return!();
    expect(await waiting).toEqual({ value: undefined, done: true });
    expect(await iterator.next()).toEqual({ value: undefined, done: true });
  });

  it("causes no unhandled rejection if result was never used", async () => {
    const { stream } = open({ body: pieces.slice(0, 2), ending: "hang" });
    await leaveAfter(stream, 1);
    await turn();
    await turn();
  });
});

describe("abort", () => {
  it("before the stream is used sends nothing", async () => {
    const { stream, calls } = open({ body: pieces }, AbortSignal.abort());
    const { events, error } = await readEvents(stream);
    expect(events).toEqual([]);
    expect(error).toMatchObject({ code: "aborted" });
    expect(await failure(stream.result)).toBe(error);
    expect(calls).toHaveLength(0);
  });

  it("during the answer yields what was read, then aborted with a partial result", async () => {
    const controller = new AbortController();
    const { stream } = open({ body: pieces.slice(0, 2), ending: "hang" }, controller.signal);
    const events: ChatEvent[] = [];
    let error: unknown;
    try {
      for await (const event of stream) {
        events.push(event);
        if (events.length === 4) controller.abort();
      }
    } catch (thrown) {
      error = thrown;
    }
    expect(events).toHaveLength(4);
    expect(error).toMatchObject({ code: "aborted", partial: { text: "ab", reasoning: "r" } });
    expect(await failure(stream.result)).toBe(error);
  });

  it("ends a result that drains", async () => {
    const controller = new AbortController();
    const { stream } = open({ body: pieces.slice(0, 2), ending: "hang" }, controller.signal);
    const result = failure(stream.result);
    await turn();
    controller.abort(new Error("a reason of the caller's own"));
    expect(await result).toMatchObject({ code: "aborted", partial: { text: "ab" } });
  });

  it("after the answer has no effect", async () => {
    const controller = new AbortController();
    const { stream } = open({ body: pieces }, controller.signal);
    await readEvents(stream);
    controller.abort();
    expect((await stream.result).text).toBe("ab");
  });

  it("leaves no listener on a signal that is used again", async () => {
    const { signal } = new AbortController();
    let listeners = 0;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...parameters: Parameters<typeof add>) => (listeners++, add(...parameters));
    signal.removeEventListener = (...parameters: Parameters<typeof remove>) => (listeners--, remove(...parameters));
    await open({ body: pieces }, signal).stream.result;
    await failure(open({ status: 400 }, signal).stream.result);
    await failure(open({ body: pieces.slice(0, 1) }, signal).stream.result);
    expect(listeners).toBe(0);
  });
});

it("errors of a stream are recognised as ProviderErrors", async () => {
  const { error } = await readEvents(open({ status: 500 }).stream);
  expect(ProviderError.is(error)).toBe(true);
  expect(ProviderError.is(new Error("other"))).toBe(false);
});
