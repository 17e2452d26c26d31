import type {
  ChatRequest,
  Definition,
  Json,
  JsonObject,
  Provider,
  ProviderFactory,
  ProviderOptions,
} from "@llm-provider/core";
import type { Cassettes } from "../cassette/load-cassettes.ts";
import type { Answer } from "../twin/answer.ts";
import type { Reply } from "../twin/reply.ts";
import type { Wire } from "../twin/wire.ts";
import type { Chunking } from "./chunkings.ts";
import type { LoopbackSites } from "./loopback-sites.ts";
import type { Play } from "./play.ts";
import type { Site } from "./site.ts";

/** What a check has to work with. It uses nothing of the factory but the call and the definition. */
export type Kit = {
  readonly factory: ProviderFactory;
  readonly definition: Definition;
  readonly wire: Wire;
  readonly cassettes: Cassettes;
  /** A key that must be seen nowhere but in its header. */
  readonly key: string;
  /** Every error that a check caught, for the check on secrets. */
  readonly caught: unknown[];
  /** The fault server; started when it is first asked for. */
  loopback(): Promise<LoopbackSites>;
  /** A provider that talks to a site, with the key and without retries unless said. */
  provider(site: Pick<Site, "options">, options?: ProviderOptions): Provider;
  /** A short request to the small model. */
  request(extra?: object): ChatRequest;
  answer(extra?: Partial<Answer>): Answer;
  /** The answer as one JSON body. */
  whole(answer: Answer): Reply;
  /** The answer as a stream. */
  stream(answer: Answer): Reply;
  /** Chunks of a stream, framed; `end`: with the end mark. */
  chunks(chunks: readonly JsonObject[], options?: { end?: boolean }): Reply;
  json(status: number, body: Json, headers?: Record<string, string>): Reply;
  /** The recorded scenario, played; undefined where the definition does not have it or no cassette is there. */
  play(scenario: string, chunking?: Chunking): Promise<Play | undefined>;
  /** All recorded scenarios, each as one read a body. */
  plays(): Promise<readonly Play[]>;
  /** What a promise was rejected with. Fails when it was not. */
  rejection(promise: Promise<unknown>, expected: string, at?: string): Promise<unknown>;
};
