import type {
  ChatRequest,
  Definition,
  Json,
  JsonObject,
  Provider,
  ProviderFactory,
  ProviderOptions,
} from "@llm-provider/core";
import type { Cassettes } from "../cassette/cassette-folder.ts";
import type { Cassette, Interaction } from "../cassette/cassette.ts";
import type { Outcome, Scenario } from "../scenario/scenario.ts";
import type { FaultServer } from "../server/fault-server.ts";
import type { MockResponse } from "../server/mock-response.ts";
import type { MockServer } from "../server/mock-server.ts";
import type { Answer, Wire } from "../wire/wire.ts";

/** A response whose pieces are known before it is sent. */
export interface TextResponse extends MockResponse {
  readonly pieces: readonly string[];
}

/** The tools of a check. It uses only the factory's call and its definition, so that wrapped factories can be tested. */
export interface Kit {
  readonly factory: ProviderFactory;
  readonly definition: Definition;
  readonly wire: Wire;
  readonly cassettes: Cassettes;
  /** A canary: it may appear in its header and nowhere else. */
  readonly key: string;
  /** Every error that a check caught: the check for secrets searches them for the key. */
  readonly caught: unknown[];
  /** The fault server, started at the first call. */
  faultServer(): Promise<FaultServer>;
  /** A provider that talks to a server, with the key and, by default, without retries. */
  provider(server: Pick<MockServer, "options">, options?: ProviderOptions): Provider;
  /** A short request to the small model. */
  request(extra?: object): ChatRequest;
  answer(extra?: Partial<Answer>): Answer;
  /** The answer as one JSON body. */
  whole(answer: Answer): TextResponse;
  /** The answer as a stream. */
  stream(answer: Answer): TextResponse;
  /** Chunks of a stream, framed; `end`: with the end mark. */
  chunks(chunks: readonly JsonObject[], options?: { end?: boolean }): TextResponse;
  json(status: number, body: Json, headers?: Record<string, string>): TextResponse;
  /** A recorded scenario, replayed; undefined if the definition does not have it or it was not recorded. */
  replay(scenario: string, chunking?: Chunking): Promise<Replay | undefined>;
  /** All recorded scenarios, with one read per body. */
  replays(): Promise<readonly Replay[]>;
  /** The error of a rejected promise. Fails if it was fulfilled. */
  rejection(promise: Promise<unknown>, at?: string): Promise<unknown>;
  /** The same, and fails if the promise does not settle soon. */
  promptRejection(promise: Promise<unknown>, at?: string): Promise<unknown>;
}

/** One recorded exchange, and the provider's result. */
export interface Exchange {
  readonly interaction: Interaction;
  readonly outcome: Outcome;
  /** The recorded answer as the wire reads it, without the provider. Undefined for errors and lists. */
  readonly answer?: Answer;
}

/** A scenario replayed to the provider. */
export interface Replay {
  readonly scenario: Scenario;
  readonly cassette: Cassette;
  /** `text-stream (twin, 2026-11-22)`. */
  readonly label: string;
  readonly exchanges: readonly Exchange[];
  /** Requests that were not recorded, and recorded ones that were not sent. */
  readonly problems: readonly string[];
}

/** Replays the answers of a cassette, in order, while `run` runs. One check compares the bodies of requests; this does not. */
export type Replayer = <T>(
  cassette: Cassette,
  chunking: Chunking,
  run: (options: Pick<ProviderOptions, "fetch">) => Promise<T>,
) => Promise<{
  readonly value: T;
  /** Requests that were not recorded, and recorded ones that were not sent. */
  readonly problems: readonly string[];
}>;

/** How the network cuts a body: not at all, at the borders of events, at each byte, at random. */
export type Chunking = "whole" | "events" | "bytes" | "random";
