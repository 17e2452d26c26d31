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
import type { Chunking } from "./replay-in-memory.ts";

/** A response whose pieces are known before it is sent. */
export interface TextResponse extends MockResponse {
  readonly pieces: readonly string[];
}

/** What a check has to work with. It uses nothing of the factory but the call and the definition. */
export interface Kit {
  readonly factory: ProviderFactory;
  readonly definition: Definition;
  readonly wire: Wire;
  readonly cassettes: Cassettes;
  /** A key that must be seen nowhere but in its header. */
  readonly key: string;
  /** Every error that a check caught, for the check on secrets. */
  readonly caught: unknown[];
  /** The fault server; started when it is first asked for. */
  faultServer(): Promise<FaultServer>;
  /** A provider that talks to a site, with the key and without retries unless said. */
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
  /** The recorded scenario, played; undefined where the definition does not have it or no cassette is there. */
  replay(scenario: string, chunking?: Chunking): Promise<Replay | undefined>;
  /** All recorded scenarios, each as one read a body. */
  replays(): Promise<readonly Replay[]>;
  /** What a promise was rejected with. Fails when it was not. */
  rejection(promise: Promise<unknown>, expected: string, at?: string): Promise<unknown>;
}

/** One recorded exchange, what the provider made of it, and what stood in it. */
export interface Exchange {
  readonly interaction: Interaction;
  readonly outcome: Outcome;
  /** Read from the recorded bytes by the wire, not by the provider. Undefined for errors and lists. */
  readonly answer?: Answer;
}

/** A scenario that was played to the provider. */
export interface Replay {
  readonly scenario: Scenario;
  readonly cassette: Cassette;
  /** `text-stream (twin, 2026-11-22)`. */
  readonly label: string;
  readonly exchanges: readonly Exchange[];
  /** Requests that the cassette does not hold, and the reverse. */
  readonly problems: readonly string[];
}

/** Plays the answers of a cassette, in order, while something runs. The body of a request is not compared: one check does that. */
export type Replayer = <T>(
  cassette: Cassette,
  chunking: Chunking,
  run: (options: Pick<ProviderOptions, "fetch">) => Promise<T>,
) => Promise<{
  readonly value: T;
  /** What was asked that the cassette does not hold, and what it holds that was not asked. */
  readonly problems: readonly string[];
}>;
