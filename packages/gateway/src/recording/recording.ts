import type { ChatRequest, ChatResult, Definition, EmbedRequest, Provider } from "@llm-provider/core";
import { watchFetch, type WatchedCall } from "@llm-provider/core/internal";
import type { AttemptRecord, RequestRecord } from "../log/request-record.ts";
import { Exchange } from "./exchange.ts";

/** The target that an attempt asks. */
export interface RecordedTarget {
  /** As the configuration writes it. */
  readonly name: string;
  readonly provider: Pick<Provider, "prepare">;
  /** Absent where several endpoints are behind. */
  readonly definition?: Definition;
  /** As the target gets it. */
  readonly request: ChatRequest | EmbedRequest;
}

/** One attempt as it is recorded. */
export interface RecordedAttempt {
  readonly target: RecordedTarget;
  /** Milliseconds from the begin of the request. */
  readonly at: number;
  /** Absent: nothing was sent. */
  exchange: Exchange | undefined;
  /** How it ended. Absent: it runs. */
  record: AttemptRecord | undefined;
}

/** Whom a recording tells what happens. */
export interface RecordingListener {
  /** Something has come; `isStep`: it is more than another piece of an answer. */
  readonly onNews: (recording: Recording, isStep: boolean) => void;
  readonly onEnd: (recording: Recording) => void;
}

/** One request while it runs, and until it is sealed: raw, so that it costs nearly nothing. */
export class Recording {
  readonly record: RequestRecord;
  /** What the caller sent. */
  readonly sent: string;
  /** Secrets that the caller showed. */
  readonly shown: readonly string[];
  readonly attempts: RecordedAttempt[] = [];
  /** The whole answer, once it is known. */
  result: ChatResult | undefined;
  hasEnded = false;
  readonly #began = performance.now();
  readonly #listener: RecordingListener;

  constructor(record: RequestRecord, sent: string, shown: readonly string[], listener: RecordingListener) {
    this.record = record;
    this.sent = sent;
    this.shown = shown;
    this.#listener = listener;
  }

  /** Begins an attempt. Gives the options for the call of its provider. */
  attempt(target: RecordedTarget): WatchedCall {
    let attempt = this.#add(target);
    return {
      [watchFetch]: (fetch) => (url, init) => {
        // A provider that tries again by itself, or sends many texts in several requests.
        if (attempt.exchange) attempt = this.#add(target);
        const now = (): number => this.elapsed;
        attempt.exchange = new Exchange(url, init, now, () => this.#listener.onNews(this, false));
        return attempt.exchange.send(fetch, init);
      },
    };
  }

  /** The last attempt has ended. */
  settle(record: AttemptRecord): void {
    const last = this.attempts.at(-1);
    if (last) last.record = record;
    this.touch();
  }

  /** Milliseconds since the request came. */
  get elapsed(): number {
    return performance.now() - this.#began;
  }

  /** Its record has changed. */
  touch(): void {
    this.#listener.onNews(this, true);
  }

  end(): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.#listener.onEnd(this);
  }

  /** Bytes in memory, about. The request is in it as text and as JSON. */
  get weight(): number {
    const begin = 2 * (this.sent.length + (this.result?.text.length ?? 0)) + 4096;
    return this.attempts.reduce((sum, { exchange }) => sum + (exchange?.weight ?? 0), begin);
  }

  #add(target: RecordedTarget): RecordedAttempt {
    const attempt = { target, at: this.elapsed, exchange: undefined, record: undefined };
    this.attempts.push(attempt);
    return attempt;
  }
}
