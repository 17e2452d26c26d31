import type { Answer } from "../answer/answer.ts";
import type { ChatEvent } from "./chat-event.ts";
import type { ChatResult } from "./chat-result.ts";
import type { ChatStream } from "./provider.ts";
import { abortedError } from "../transport/watch-request.ts";

/**
 * One answer as a loop of events and as a promise. Nothing is opened before one of the two is used; whoever asks first
 * reads. A promise asked for without a loop reads by itself and keeps the events for a loop that comes later.
 */
export function createChatStream(
  provider: string,
  outer: AbortSignal | undefined,
  open: (signal: AbortSignal) => Promise<Answer>,
): ChatStream {
  const controller = new AbortController();
  let answer: Answer | undefined;
  let events: ChatEvent[] = [];
  let cursor = 0;
  let hasLoop = false;
  let ended: { error?: unknown } | undefined;
  let isErrorTold = false;
  let reading: Promise<void> | undefined;
  let result: Promise<ChatResult> | undefined;
  let settle: (() => void) | undefined;

  return {
    get result() {
      if (!result) {
        result = new Promise((resolve, reject) => {
          settle = () => (ended && "error" in ended ? reject(ended.error) : resolve(answer!.result()));
        });
        // Who never looks at it is not told by a crash.
        result.catch(() => {});
        if (ended) settle?.();
        else queueMicrotask(() => void (hasLoop || drain()));
      }
      return result;
    },
    [Symbol.asyncIterator]() {
      if (hasLoop) throw new TypeError("A stream can be looped over once. Keep its events, or await `result`.");
      hasLoop = true;
      return { next, return: leave };
    },
  };

  function next(): Promise<IteratorResult<ChatEvent>> {
    if (cursor < events.length) return Promise.resolve({ value: events[cursor++]!, done: false });
    return nextRead();
  }

  async function nextRead(): Promise<IteratorResult<ChatEvent>> {
    for (;;) {
      if (cursor < events.length) return { value: events[cursor++]!, done: false };
      events.length = cursor = 0;
      if (ended) {
        if (!("error" in ended) || isErrorTold) return { value: undefined, done: true };
        isErrorTold = true;
        throw ended.error;
      }
      await (reading ??= read());
    }
  }

  async function leave(): Promise<IteratorResult<ChatEvent>> {
    // Left before `finish` is left, also when the rest had arrived; what `result` has already said stays.
    if (!ended || (!result && cursor < events.length)) end({ error: abortedError(provider) });
    abort();
    isErrorTold = true;
    events = [];
    cursor = 0;
    return { value: undefined, done: true };
  }

  async function drain(): Promise<void> {
    while (!ended) await (reading ??= read());
  }

  /** One network read. An error is kept until the events before it were handed out. */
  async function read(): Promise<void> {
    try {
      if (!answer) {
        if (outer?.aborted) abort();
        else outer?.addEventListener("abort", abort, { once: true });
        answer = await open(controller.signal);
      }
      if (!(await answer.read(events)) && !ended) end({});
    } catch (error) {
      if (!ended) end({ error });
    }
    reading = undefined;
  }

  function end(how: { error?: unknown }): void {
    ended = how;
    outer?.removeEventListener("abort", abort);
    settle?.();
  }

  function abort(): void {
    controller.abort();
  }
}
