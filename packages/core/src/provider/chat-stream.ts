import type { Answer } from "../answer/answer.ts";
import type { ChatEvent } from "../chat/chat-event.ts";
import type { Change, ChatResult } from "../chat/chat-result.ts";
import type { ChatStream } from "./provider.ts";
import { ProviderError } from "../errors/provider-error.ts";
import { abortedError } from "../transport/watch-request.ts";

/** Opens the answer, its first events in `out`. */
type Open = (signal: AbortSignal, out: ChatEvent[]) => Promise<Answer>;

type Streaming = {
  readonly provider: string;
  readonly outer: AbortSignal | undefined;
  readonly open: Open;
  readonly controller: AbortController;
  readonly abort: () => void;
  answer: Answer | undefined;
  events: ChatEvent[];
  cursor: number;
  hasLoop: boolean;
  ended: { error?: unknown } | undefined;
  isErrorTold: boolean;
  reading: Promise<void> | undefined;
  result: Promise<ChatResult> | undefined;
  settlers: Settlers | undefined;
};

const state = Symbol("state");
/** Defined once, here: V8 keeps everything that a getter of an object literal closes over until a full collection. */
const prototype = {
  get result(): Promise<ChatResult> {
    return resultOf((this as unknown as { [state]: Streaming })[state]);
  },
  [Symbol.asyncIterator](): AsyncIterator<ChatEvent> {
    return loop((this as unknown as { [state]: Streaming })[state]);
  },
};

/**
 * One answer as a loop of events and as a promise. No request is sent before one of the two is used; the first use
 * starts reading. A promise without a loop reads by itself and keeps the events for a later loop.
 */
export function createChatStream(provider: string, outer: AbortSignal | undefined, open: Open): ChatStream {
  const controller = new AbortController();
  const streaming: Streaming = {
    provider,
    outer,
    open,
    controller,
    abort: () => controller.abort(),
    answer: undefined,
    events: [],
    cursor: 0,
    hasLoop: false,
    ended: undefined,
    isErrorTold: false,
    reading: undefined,
    result: undefined,
    settlers: undefined,
  };
  return Object.create(prototype, { [state]: { value: streaming } }) as ChatStream;
}

function resultOf(streaming: Streaming): Promise<ChatResult> {
  if (streaming.result) return streaming.result;
  streaming.result = new Promise(keepSettlers);
  streaming.settlers = settlers;
  settlers = undefined;
  // A caller that never reads it must not crash with an unhandled rejection.
  streaming.result.catch(ignore);
  if (streaming.ended) settle(streaming);
  else queueMicrotask(() => void (streaming.hasLoop || drain(streaming)));
  return streaming.result;
}

type Settlers = { readonly resolve: (result: ChatResult) => void; readonly reject: (error: unknown) => void };

let settlers: Settlers | undefined;

/** Not closures over the stream: V8 would keep every stream until a full collection. */
function keepSettlers(resolve: Settlers["resolve"], reject: Settlers["reject"]): void {
  settlers = { resolve, reject };
}

function ignore(): void {}

function settle({ settlers: to, ended, answer, provider }: Streaming): void {
  if (!to) return;
  if (ended && "error" in ended) return to.reject(ended.error);
  try {
    to.resolve(answer!.result() as ChatResult);
  } catch (error) {
    // Any error in reading settles the promise: an unsettled one would end the process without a message.
    to.reject(unreadable(provider, error));
  }
}

function loop(streaming: Streaming): AsyncIterator<ChatEvent> {
  if (streaming.hasLoop) throw new TypeError("A stream can be looped over once. Keep its events, or await `result`.");
  streaming.hasLoop = true;
  return { next: () => next(streaming), return: () => leave(streaming) };
}

function next(streaming: Streaming): Promise<IteratorResult<ChatEvent>> {
  const { events, cursor } = streaming;
  if (cursor === events.length) return nextRead(streaming);
  streaming.cursor++;
  return Promise.resolve({ value: events[cursor]!, done: false });
}

async function nextRead(streaming: Streaming): Promise<IteratorResult<ChatEvent>> {
  for (;;) {
    const { events, ended } = streaming;
    if (streaming.cursor < events.length) return { value: events[streaming.cursor++]!, done: false };
    events.length = streaming.cursor = 0;
    if (ended) {
      if (!("error" in ended) || streaming.isErrorTold) return { value: undefined, done: true };
      streaming.isErrorTold = true;
      throw ended.error;
    }
    await (streaming.reading ??= readMore(streaming));
  }
}

/** A stream for a wrapper or a server: one promise per network read instead of one per event. */
export interface BatchReader {
  /** The events of one network read, at least one; undefined at the end. Rejects with the error that a loop would throw. */
  next(): Promise<ChatEvent[] | undefined>;
  /** Aborts the request, as leaving a loop does. */
  leave(): void;
  /** What was changed in the request. Known once `next` has given events. */
  changes(): readonly Change[];
}

/** Reads a stream in batches instead of its one loop. A stream of another library is read event by event. */
export function readBatches(stream: ChatStream): BatchReader {
  const own = (stream as { [state]?: Streaming })[state];
  const iterator = stream[Symbol.asyncIterator]();
  return {
    next: own
      ? () => nextBatch(own)
      : async () => {
          const { value, done } = await iterator.next();
          return done ? undefined : [value];
        },
    leave: () => void iterator.return?.()?.catch(() => {}),
    changes: () => own?.answer?.changes ?? [],
  };
}

async function nextBatch(streaming: Streaming): Promise<ChatEvent[] | undefined> {
  const { value, done } = await nextRead(streaming);
  if (done) return undefined;
  const { events, cursor } = streaming;
  // Most reads are taken whole: the list is passed on, and the next read fills another.
  if (cursor === 1) {
    streaming.events = [];
    streaming.cursor = 0;
    return events;
  }
  const rest = events.splice(cursor);
  rest.unshift(value);
  return rest;
}

async function leave(streaming: Streaming): Promise<IteratorResult<ChatEvent>> {
  const { provider, ended, result, cursor, events } = streaming;
  // A loop that is left before `finish` counts as left, even if the rest had arrived; a settled `result` stays.
  if (!ended || (!result && cursor < events.length)) end(streaming, { error: abortedError(provider) });
  streaming.abort();
  streaming.isErrorTold = true;
  streaming.events = [];
  streaming.cursor = 0;
  return { value: undefined, done: true };
}

async function drain(streaming: Streaming): Promise<void> {
  while (!streaming.ended) await (streaming.reading ??= readMore(streaming));
}

/** One network read. An error is kept until the events before it were delivered. */
async function readMore(streaming: Streaming): Promise<void> {
  const { answer, events } = streaming;
  try {
    if (!answer) await begin(streaming);
    else if (!(await answer.read(events)) && !streaming.ended) end(streaming, {});
  } catch (error) {
    if (!streaming.ended) end(streaming, { error });
  }
  streaming.reading = undefined;
}

async function begin(streaming: Streaming): Promise<void> {
  const { outer, open, controller, abort, events } = streaming;
  if (outer?.aborted) abort();
  else outer?.addEventListener("abort", abort, { once: true });
  streaming.answer = await open(controller.signal, events);
}

function end(streaming: Streaming, how: { error?: unknown }): void {
  streaming.ended = how;
  streaming.outer?.removeEventListener("abort", streaming.abort);
  settle(streaming);
}

function unreadable(provider: string, error: unknown): ProviderError {
  if (ProviderError.is(error)) return error;
  return new ProviderError("The answer cannot be put together.", {
    code: "invalid-response",
    provider,
    hint: "Please report this, with the answer that caused it.",
  });
}
