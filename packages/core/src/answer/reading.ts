import type { ChatEvent } from "../chat/chat-event.ts";
import type { Change } from "../chat/chat-result.ts";
import type { Decoder } from "../chat/dialect.ts";
import type { Quirk, WireContext } from "../definition/definition.ts";
import type { MetadataCollector } from "../errors/collect-metadata.ts";
import type { ProviderError } from "../errors/provider-error.ts";
import type { JsonObject } from "../json.ts";
import type { OpenResponse } from "../transport/send-request.ts";
import type { AnswerFacts } from "./answer-facts.ts";
import type { AnswerCollector } from "./collect-answer.ts";
import type { BodyReader } from "./read-body.ts";

/** The state of reading one answer. */
export type Reading = {
  readonly facts: AnswerFacts;
  readonly quirks: readonly NonNullable<Quirk["chunk"]>[];
  readonly context: WireContext;
  readonly opened: OpenResponse;
  readonly changes: Change[];
  readonly text: TextDecoder;
  readonly body: BodyReader;
  readonly decoder: Decoder;
  readonly metadata: MetadataCollector;
  readonly collected: AnswerCollector;
  /** Where events go. */
  out: ChatEvent[];
  /** An event other than `start` came. */
  hasContent: boolean;
  /** The last chunk without content: if nothing follows it, it may be the error. */
  silent: JsonObject | undefined;
  /** A chunk that is an error. */
  fault: JsonObject | undefined;
  /** The body turned out not to be an answer. */
  isEmpty: boolean;
  /** When the last object with content came after the finish reason, in milliseconds. */
  lastObject: number;
  /** How the connection broke, if it did. */
  lost: ProviderError | undefined;
  hasEnded: boolean;
};
