import type { Answer } from "./answer.ts";
import type { AnswerFacts } from "./answer-facts.ts";
import type { Change, ChatResult } from "../chat/chat-result.ts";
import type { ChatEvent } from "../chat/chat-event.ts";
import { classifyError, requestIdOf } from "../errors/classify-error.ts";
import { collectAnswer, type AnswerCollector } from "./collect-answer.ts";
import { collectMetadata, type MetadataCollector } from "../errors/collect-metadata.ts";
import { costOf, type Asked } from "./cost-of.ts";
import type { WireContext } from "../definition/definition.ts";
import type { AnswerSummary, Decoder } from "../chat/dialect.ts";
import type { Json, JsonObject } from "../json.ts";
import { readField } from "../read-field.ts";
import { ProviderError } from "../errors/provider-error.ts";
import { readBody, type BodyReader } from "./read-body.ts";
import { readLimits } from "../errors/read-limits.ts";
import type { OpenResponse } from "../transport/send-request.ts";

const brokenHint =
  "The answer is not to be trusted: what came of it stands in `partial`. Try again; if it goes on, look at the base URL and at what stands between.";

/** Where the reading of one answer stands. */
type Reading = {
  readonly facts: AnswerFacts;
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
  fault: Json | undefined;
  hasEnded: boolean;
};

/**
 * Reads a response to events: bytes to text, text to JSON, JSON through quirks and decoder, all in one loop per network
 * read. A whole JSON answer takes the same way as one chunk.
 *
 * The functions of this loop, here and in its neighbours, stand in their modules and are handed their state. Closures would
 * do, but V8 drops compiled code with the last closure that has it, and after a collection every stream began slow.
 */
export function readAnswer(facts: AnswerFacts, asked: Asked, opened: OpenResponse, changes: Change[]): Answer {
  const { definition } = facts;
  const { id, dialect } = definition;
  const decoder = dialect.decoder();
  const reading: Reading = {
    facts,
    context: { model: asked.model, status: opened.status, headers: opened.headers },
    opened,
    changes,
    text: new TextDecoder(),
    body: readBody(dialect.framing, (object, event) => takeChunk(reading, object, event)),
    decoder,
    metadata: collectMetadata(facts.metadata),
    collected: collectAnswer(id, (usage) => costOf(definition, asked, summaryOf(decoder), usage)),
    out: [],
    fault: undefined,
    hasEnded: false,
  };
  return { read: (events) => readPiece(reading, events), result: () => resultOf(reading) };
}

async function readPiece(reading: Reading, events: ChatEvent[]): Promise<boolean> {
  const { opened, body, text, collected } = reading;
  let from: number | undefined;
  try {
    const bytes = await opened.body.read();
    // The consumer may have emptied the list while the bytes were awaited.
    from = events.length;
    reading.out = events;
    if (bytes) body.push(text.decode(bytes, { stream: true }));
    if (bytes === undefined || body.isTerminated) finish(reading, bytes === undefined);
  } catch (error) {
    if (from !== undefined) collected.add(events, from);
    throw toError(reading, error);
  }
  collected.add(events, from);
  return !reading.hasEnded;
}

function takeChunk(reading: Reading, object: JsonObject, event: string): void {
  const { facts, context, metadata, decoder, out } = reading;
  let chunk = object;
  for (const quirk of facts.quirks) chunk = quirk(chunk, context);
  metadata.chunk(chunk);
  const from = out.length;
  decoder.push(chunk, out);
  const isSilent = out.length === from || (out.length === from + 1 && readField(out[from]!, "type") === "start");
  if (event === "error" || readField(chunk, "error") || (isSilent && isError(chunk))) {
    // A chunk may hold words beside its error; a chunk that is nothing but an error begins no answer.
    if (isSilent) out.length = from;
    reading.fault = chunk;
  } else {
    for (const { status, isFault } of facts.faults)
      if ((status === undefined || status === context.status) && isFault(chunk)) reading.fault = chunk;
  }
  if (reading.fault) throw new Error("The endpoint reported an error.");
}

/** An error object may stand where an answer was due, with a status of 200. */
function isError(chunk: JsonObject): boolean {
  if (readField(chunk, "error") || readField(chunk, "type") === "error") return true;
  const object = readField(chunk, "object");
  return typeof object === "string" && object.length === 5 && object.toLowerCase() === "error";
}

function finish(reading: Reading, isClosed: boolean): void {
  const { opened, body, text, decoder, out } = reading;
  reading.hasEnded = true;
  body.push(text.decode());
  body.end();
  decoder.end(body.isTerminated, out);
  opened.watch.done();
  if (!isClosed) opened.body.release();
}

function resultOf({ facts: { definition }, opened, collected, decoder, changes, metadata }: Reading): ChatResult {
  const { status, headers, scrub } = opened;
  const limits = readLimits(definition, headers);
  const requestId = requestIdOf(definition, headers);
  return {
    ...collected.whole(summaryOf(decoder)),
    changes,
    metadata: scrub(metadata.result(headers)),
    response: {
      status,
      headers,
      ...(requestId !== undefined && { requestId }),
      ...(limits && { limits }),
    },
  };
}

function summaryOf(decoder: Decoder): AnswerSummary {
  return decoder.summary?.() ?? {};
}

function toError(reading: Reading, error: unknown): ProviderError {
  const { facts, context, opened, collected, decoder, changes, fault } = reading;
  const { definition } = facts;
  const { status, headers, watch, scrub } = opened;
  reading.hasEnded = true;
  watch.done();
  opened.body.cancel();
  const partial = { ...collected.partial(summaryOf(decoder)), changes };
  if (fault) return classifyError(definition, fault, context, scrub, partial);
  const isKnown = ProviderError.is(error);
  const message = error instanceof Error ? error.message : String(error);
  return new ProviderError(isKnown ? message : scrub(message), {
    ...(isKnown
      ? { code: error.code, retryable: error.retryable, hint: error.hint }
      : { code: "invalid-response" as const, hint: brokenHint }),
    provider: definition.id,
    model: context.model,
    status,
    requestId: scrub(requestIdOf(definition, headers)),
    limits: readLimits(definition, headers),
    partial: scrub(partial),
  });
}
