import type { ChatEvent } from "../chat/chat-event.ts";
import type { Change, ChatResult } from "../chat/chat-result.ts";
import type { AnswerSummary, Decoder } from "../chat/dialect.ts";
import { WireFault } from "../chat/wire-fault.ts";
import { explain } from "../errors/explain.ts";
import { collectMetadata } from "../errors/collect-metadata.ts";
import { ProviderError } from "../errors/provider-error.ts";
import { responseFacts } from "../errors/response-facts.ts";
import { type JsonObject, saysSomething } from "../json.ts";
import { readField } from "../read-field.ts";
import type { OpenResponse } from "../transport/send-request.ts";
import type { Answer } from "./answer.ts";
import type { AnswerFacts } from "./answer-facts.ts";
import { collectAnswer } from "./collect-answer.ts";
import { costOf, type Asked } from "./cost-of.ts";
import { readBody } from "./read-body.ts";
import type { Reading } from "./reading.ts";

/** Milliseconds that the token counts may take after the finish reason. */
const grace = 2000;

/**
 * Reads a response to events: bytes to text, text to JSON, JSON through quirks and decoder, all in one loop per network
 * read. A whole JSON answer is read like one chunk.
 *
 * The functions of this loop are in their modules and get their state. Closures would do, but V8 drops compiled code with the
 * last closure that has it, and after a collection every stream began slow.
 */
export function readAnswer(
  facts: AnswerFacts,
  asked: Asked,
  opened: OpenResponse,
  changes: Change[],
  onChunk?: (data: string) => void,
): Answer {
  const { definition } = facts;
  const { id, dialect } = definition;
  const decoder = dialect.decoder();
  const reading: Reading = {
    facts,
    quirks: facts.quirks(),
    context: { model: asked.model, status: opened.status, headers: opened.headers },
    opened,
    changes,
    text: new TextDecoder(),
    body: readBody(dialect.framing, (object, event) => takeChunk(reading, object, event), onChunk),
    decoder,
    metadata: collectMetadata(facts.metadata),
    collected: collectAnswer(id, (usage) => costOf(definition, asked, summaryOf(decoder), usage)),
    out: [],
    hasContent: false,
    silent: undefined,
    fault: undefined,
    isEmpty: false,
    lastObject: 0,
    lost: undefined,
    hasEnded: false,
  };
  return { changes, read: (events) => readPiece(reading, events), result: () => resultOf(reading) };
}

async function readPiece(reading: Reading, events: ChatEvent[]): Promise<boolean> {
  const { body, text, collected } = reading;
  let from: number | undefined;
  try {
    const bytes = await readBytes(reading);
    // The consumer may have emptied the list while the bytes were awaited.
    from = events.length;
    reading.out = events;
    if (bytes) body.push(text.decode(bytes, { stream: true }));
    if (!bytes || body.isTerminated) finish(reading, bytes);
  } catch (error) {
    if (from !== undefined) collected.add(events, from);
    throw await toError(reading, error);
  }
  collected.add(events, from);
  return !reading.hasEnded;
}

/** The bytes of one network read; `null` if no more come, for whatever reason. */
async function readBytes(reading: Reading): Promise<Uint8Array | undefined | null> {
  try {
    return await (reading.decoder.isFinished?.() ? readRest(reading) : reading.opened.body.read());
  } catch (error) {
    if (!ProviderError.is(error) || (error.code !== "timeout" && error.code !== "network")) throw error;
    reading.lost = error;
    return null;
  }
}

/** The bytes after a finish reason. They may carry token counts; if none come, silence ends the answer and nothing is lost. */
async function readRest(reading: Reading): Promise<Uint8Array | undefined | null> {
  reading.lastObject ||= Date.now();
  const left = reading.lastObject + grace - Date.now();
  if (left <= 0) return null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => {
    // Once more around, so that what has arrived is read first.
    timer = setTimeout(() => (timer = setTimeout(() => resolve(null), 0)), left);
  });
  return Promise.race([reading.opened.body.read(), late]).finally(() => clearTimeout(timer));
}

function takeChunk(reading: Reading, object: JsonObject, event: string): void {
  const { quirks, context, metadata, decoder, out } = reading;
  const { faults } = reading.facts;
  let chunk = object;
  // Loops by index: until this is compiled, an iterator costs more than the rest of the work here.
  for (let i = 0; i < quirks.length; i++) chunk = quirks[i]!(chunk, context);
  metadata.chunk(chunk);
  const from = out.length;
  decoder.push(chunk, out);
  const isSilent = out.length === from || (out.length === from + 1 && readField(out[from]!, "type") === "start");
  if (event === "error" || saysSomething(readField(chunk, "error")) || (isSilent && isError(chunk))) {
    // A chunk may have text beside its error; a chunk with only an error does not begin an answer.
    if (isSilent) out.length = from;
    reading.fault = chunk;
  } else {
    for (let i = 0; i < faults.length; i++) {
      const { status, isFault } = faults[i]!;
      if ((status === undefined || status === context.status) && isFault(chunk)) reading.fault = chunk;
    }
  }
  if (reading.fault) throw new WireFault(chunk);
  if (isSilent) {
    reading.silent = chunk;
    return;
  }
  reading.silent = undefined;
  reading.hasContent = true;
  // A chunk without news does not extend the wait.
  if (reading.lastObject > 0) reading.lastObject = Date.now();
}

/** An endpoint may send an error object with status 200. */
function isError(chunk: JsonObject): boolean {
  if (readField(chunk, "type") === "error") return true;
  const object = readField(chunk, "object");
  return typeof object === "string" && object.length === 5 && object.toLowerCase() === "error";
}

/** Some endpoints say "Success" with the code 0. */
function isReport({ message, code }: { message?: string; code?: string }): boolean {
  return message !== undefined && code !== "0";
}

/** `bytes`: the last ones of a body that is still open; `undefined` if it was closed, `null` if nobody waits any more. */
function finish(reading: Reading, bytes: Uint8Array | undefined | null): void {
  const { opened, body, text, decoder, out, facts } = reading;
  const { dialect } = facts.definition;
  reading.hasEnded = true;
  let isRead = false;
  try {
    body.push(text.decode());
    // The rest of an unfinished line is not a chunk once nobody waits for it.
    if (bytes !== null || !decoder.isFinished?.()) body.end();
    isRead = true;
    const { silent } = reading;
    if (silent && !decoder.isFinished?.() && isReport(dialect.errorText(silent))) throw new WireFault(silent);
    decoder.end(body.isTerminated, out);
  } catch (error) {
    if (reading.lost && !(error instanceof WireFault)) throw reading.lost;
    reading.isEmpty = isRead && !reading.hasContent && !decoder.isFinished?.();
    throw error;
  }
  opened.watch.done();
  if (bytes) opened.body.release();
  else if (bytes === null) opened.body.cancel();
}

function resultOf({ facts: { definition }, opened, collected, decoder, changes, metadata }: Reading): ChatResult {
  return {
    ...collected.whole(summaryOf(decoder)),
    changes: opened.scrub(changes),
    metadata: opened.scrub(metadata.result(opened.headers)),
    response: responseFacts(definition, opened),
  };
}

function summaryOf(decoder: Decoder): AnswerSummary {
  return decoder.summary?.() ?? {};
}

async function toError(reading: Reading, error: unknown): Promise<ProviderError> {
  const { facts, context, opened, collected, decoder, changes } = reading;
  reading.hasEnded = true;
  opened.watch.done();
  opened.body.cancel();
  const partial = { ...collected.partial(summaryOf(decoder)), changes };
  return explain(
    facts.definition,
    context,
    opened.scrub,
    () => import("./read-fault.ts"),
    ({ readFault }) => readFault(reading, error, partial),
    { partial, error },
  );
}
