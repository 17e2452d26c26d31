import type { ChatRequest, ChatResult, Definition, EmbedRequest, Provider } from "@llm-provider/core";
import { watchFetch, type WatchedCall } from "@llm-provider/core/internal";
import type { AttemptRecord, RequestRecord } from "../log/request-record.ts";
import { Exchange } from "./exchange.ts";

/** The target that an attempt asks. */
export interface RecordedTarget {
  /** The name in the configuration. */
  readonly name: string;
  readonly provider: Pick<Provider, "prepare">;
  /** Absent if the provider combines several endpoints. */
  readonly definition?: Definition;
  /** The request as the target gets it. */
  readonly request: ChatRequest | EmbedRequest;
}

/** One recorded attempt. */
export interface RecordedAttempt {
  readonly target: RecordedTarget;
  /** Milliseconds since the request began. */
  readonly at: number;
  /** Undefined if nothing was sent. */
  exchange: Exchange | undefined;
  /** The result of the attempt. Undefined while it runs. */
  record: AttemptRecord | undefined;
}

/** Gets notified by a recording. */
export interface RecordingListener {
  /** Something is new. `isStep` is false for another piece of an answer. */
  readonly onNews: (recording: Recording, isStep: boolean) => void;
  readonly onEnd: (recording: Recording) => void;
}

/** One request until it is sealed. It holds raw data, so that recording costs almost nothing. */
export class Recording {
  readonly record: RequestRecord;
  /** The body that the caller sent. */
  readonly sent: string;
  /** Secrets in the caller's headers. */
  readonly shown: readonly string[];
  readonly attempts: RecordedAttempt[] = [];
  /** The answer, once it is complete. */
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

  /** Begins an attempt. Returns the options for the provider's call. */
  attempt(target: RecordedTarget): WatchedCall {
    let attempt = this.#add(target);
    return {
      [watchFetch]: (fetch) => (url, init) => {
        // A provider may retry by itself, or split many texts into several requests.
        if (attempt.exchange) attempt = this.#add(target);
        const now = (): number => this.elapsed;
        attempt.exchange = new Exchange(url, init, now, () => this.#listener.onNews(this, false));
        return attempt.exchange.send(fetch, init);
      },
    };
  }

  /** Ends the last attempt. */
  settle(record: AttemptRecord): void {
    const last = this.attempts.at(-1);
    if (last) last.record = record;
    this.touch();
  }

  /** Milliseconds since the request arrived. */
  get elapsed(): number {
    return performance.now() - this.#began;
  }

  /** Reports that the record has changed. */
  touch(): void {
    this.#listener.onNews(this, true);
  }

  end(): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.#listener.onEnd(this);
  }

  /** Approximate bytes in memory. The request counts twice: as text and as parsed JSON. */
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
