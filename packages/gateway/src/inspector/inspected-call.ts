import { randomUUID } from "node:crypto";
import {
  type Attempt,
  type CallOptions,
  type ChatEvent,
  type ChatRequest,
  type ChatResult,
  type ChatStream,
  type EmbedRequest,
  type Provider,
  ProviderError,
} from "@llm-provider/core";
import { watchFetch, type WatchedCall } from "@llm-provider/core/internal";
import { statusOf } from "../answer/to-error.ts";
import type { RequestRecord } from "../log/request-record.ts";
import type { Recording } from "../recording/recording.ts";
import type { Ring } from "../recording/ring.ts";

type Record = { -readonly [Field in keyof RequestRecord]: RequestRecord[Field] };

interface Asked {
  readonly request: ChatRequest | EmbedRequest;
  readonly call: CallOptions | undefined;
  readonly path: "/chat/completions" | "/embeddings";
  readonly isStream: boolean;
  /** The call that this one repeats. */
  readonly replayOf?: string;
}

/** Events that count as the first content of an answer. */
const content: ReadonlySet<ChatEvent["type"]> = new Set(["text", "reasoning", "image", "tool-call-start"]);

/** One call of an inspected provider. Recording starts when the request is sent, or when the call fails before. */
export class InspectedCall {
  readonly id: string = `call_${randomUUID().replaceAll("-", "")}`;
  /** The options for the provider's call. */
  readonly options: WatchedCall;
  readonly #ring: Ring;
  readonly #provider: Provider;
  readonly #asked: Asked;
  readonly #attempts: RequestRecord["attempts"][number][] = [];
  #record: Record | undefined;
  #recording: Recording | undefined;
  #watch: WatchedCall[typeof watchFetch];

  constructor(ring: Ring, provider: Provider, asked: Asked) {
    const { call } = asked;
    this.#ring = ring;
    this.#provider = provider;
    this.#asked = asked;
    this.options = {
      ...call,
      [watchFetch]: (fetch) => {
        this.#begin();
        return this.#watch!(fetch);
      },
      onAttempt: (attempt) => {
        this.#settle(attempt);
        return call?.onAttempt?.(attempt);
      },
    };
  }

  /** Records how the call ends, and returns the same promise. */
  watch<Result extends Partial<ChatResult>>(answered: Promise<Result>): Promise<Result> {
    answered.then(
      (result) => this.#end(200, result),
      (error: unknown) => this.#end(ProviderError.is(error) ? statusOf(error) : 500, {}, error),
    );
    return answered;
  }

  /** The same for a stream, which sends nothing until it is read. */
  watchStream(stream: ChatStream): ChatStream {
    let isWatched = false;
    const watchEnd = (): void => {
      if (!isWatched) void this.watch(stream.result);
      isWatched = true;
    };
    const note = (read: IteratorResult<ChatEvent>): typeof read => {
      if (read.done) watchEnd();
      else if (content.has(read.value.type)) this.#noteContent();
      return read;
    };
    return {
      get result() {
        const { result } = stream;
        watchEnd();
        return result;
      },
      [Symbol.asyncIterator]() {
        const events = stream[Symbol.asyncIterator]();
        return {
          next: () =>
            events.next().then(note, (error: unknown) => {
              watchEnd();
              throw error;
            }),
          return: async () => {
            const left = await events.return?.();
            watchEnd();
            return left ?? { value: undefined, done: true };
          },
        };
      },
    };
  }

  #begin(): Recording {
    if (this.#recording) return this.#recording;
    const { request, path, isStream, replayOf } = this.#asked;
    const { definition } = this.#provider;
    this.#record = {
      id: this.id,
      time: new Date().toISOString(),
      path,
      model: String(request.model),
      isStream,
      target: this.#target,
      attempts: this.#attempts,
      ...(replayOf !== undefined && { replayOf }),
    };
    const sent = path === "/chat/completions" ? { ...request, stream: isStream } : request;
    this.#recording = this.#ring.begin(this.#record, JSON.stringify(sent), []);
    const target = { name: this.#target, provider: this.#provider, request, ...(definition && { definition }) };
    this.#watch = this.#recording.attempt(target)[watchFetch];
    return this.#recording;
  }

  get #target(): string {
    return `${this.#provider.id}:${this.#asked.request.model}`;
  }

  #settle({ status, ms = 0, error }: Attempt): void {
    const recording = this.#begin();
    this.#attempts.push({
      target: this.#target,
      at: recording.attempts.at(-1)!.exchange?.at ?? 0,
      ms,
      isSent: true,
      ...(status !== undefined && { status }),
      ...(error && {
        code: error.code,
        message: error.message,
        ...(error.hint !== undefined && { hint: error.hint }),
        ...(error.retryAfter !== undefined && { retryAfter: error.retryAfter }),
      }),
    });
    recording.settle(this.#attempts.at(-1)!);
  }

  #noteContent(): void {
    if (this.#record?.firstContent !== undefined) return;
    const recording = this.#begin();
    this.#record!.firstContent = recording.elapsed;
    recording.touch();
  }

  #end(status: number, result: Partial<ChatResult>, error?: unknown): void {
    const recording = this.#begin();
    const record = this.#record!;
    const { usage, finishReason, changes } = result;
    record.status = status;
    record.total = recording.elapsed;
    if (usage) record.usage = { ...usage, outputTokens: usage.outputTokens ?? 0 };
    if (usage?.cost !== undefined) record.cost = usage.cost;
    if (finishReason !== undefined) record.finishReason = finishReason;
    if (changes) record.changes = changes.length;
    if (ProviderError.is(error)) {
      const { code, message, hint } = error;
      record.error = { code, message, ...(hint !== undefined && { hint }) };
    }
    if (result.text !== undefined) recording.result = result as ChatResult;
    recording.end();
  }
}
