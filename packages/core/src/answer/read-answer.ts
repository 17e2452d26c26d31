import type { Answer } from "./answer.ts";
import type { Change } from "../chat/chat-result.ts";
import type { ChatEvent } from "../chat/chat-event.ts";
import { bodyMatcher, classifyError, requestIdOf } from "../errors/classify-error.ts";
import { collectAnswer } from "./collect-answer.ts";
import { collectMetadata } from "./collect-metadata.ts";
import { costOf, type Asked } from "../chat/cost-of.ts";
import type { Definition } from "../definition/definition.ts";
import type { Json, JsonObject } from "../json.ts";
import { ProviderError } from "../errors/provider-error.ts";
import { readBody } from "./read-body.ts";
import { readLimits } from "../transport/read-limits.ts";
import type { OpenResponse } from "../transport/send-request.ts";

const brokenHint =
  "The answer is not to be trusted: what came of it stands in `partial`. Try again; if it goes on, look at the base URL and at what stands between.";

/**
 * Reads a response to events: bytes to text, text to JSON, JSON through quirks and decoder, all in one loop per network
 * read. A whole JSON answer takes the same way as one chunk.
 */
export function readAnswer(definition: Definition, asked: Asked, opened: OpenResponse, changes: Change[]): Answer {
  const { status, headers, watch, scrub } = opened;
  const context = { model: asked.model, status, headers };
  const chunkQuirks = (definition.quirks ?? []).flatMap((quirk) => (quirk.chunk ? [quirk.chunk] : []));
  const faults = (definition.errors ?? [])
    .filter((rule) => rule.body && (rule.status === undefined || rule.status === status))
    .map(bodyMatcher);
  const decoder = definition.dialect.decoder();
  const collected = collectAnswer(definition.id, (usage) => costOf(definition, asked, summary(), usage));
  const metadata = collectMetadata(definition);
  const text = new TextDecoder();
  const body = readBody(definition.dialect.framing, onObject);
  let out: ChatEvent[] = [];
  let fault: Json | undefined;
  let hasEnded = false;

  return {
    async read(events) {
      let from: number | undefined;
      try {
        const bytes = await opened.body.read();
        // The consumer may have emptied the list while the bytes were awaited.
        from = events.length;
        out = events;
        if (bytes) body.push(text.decode(bytes, { stream: true }));
        hasEnded = bytes === undefined || body.isTerminated;
        if (hasEnded) finish(bytes === undefined);
      } catch (error) {
        if (from !== undefined) collected.add(events, from);
        throw fail(error);
      }
      collected.add(events, from);
      return !hasEnded;
    },
    result() {
      const limits = readLimits(definition, headers);
      const requestId = requestIdOf(definition, headers);
      return {
        ...collected.whole(summary()),
        changes,
        metadata: scrub(metadata.result(headers)),
        response: {
          status,
          headers,
          ...(requestId !== undefined && { requestId }),
          ...(limits && { limits }),
        },
      };
    },
  };

  function summary(): ReturnType<NonNullable<typeof decoder.summary>> {
    return decoder.summary?.() ?? {};
  }

  function onObject(object: JsonObject, event: string): void {
    let chunk = object;
    for (const quirk of chunkQuirks) chunk = quirk(chunk, context);
    metadata.chunk(chunk);
    const from = out.length;
    decoder.push(chunk, out);
    if (event === "error" || isError(chunk)) {
      // A chunk may hold words beside its error; a chunk that is nothing but an error begins no answer.
      if (out.length === from + 1 && out[from]!.type === "start") out.length = from;
      fault = chunk;
    } else if (faults.some((isFault) => isFault(chunk))) fault = chunk;
    if (fault) throw new Error("The endpoint reported an error.");
  }

  function finish(isClosed: boolean): void {
    body.push(text.decode());
    body.end();
    decoder.end(body.isTerminated, out);
    watch.done();
    if (!isClosed) opened.body.release();
  }

  function fail(error: unknown): ProviderError {
    hasEnded = true;
    watch.done();
    opened.body.cancel();
    const partial = { ...collected.partial(summary()), changes };
    const requestId = requestIdOf(definition, headers);
    if (fault) return classifyError(definition, fault, context, scrub, partial);
    const isKnown = ProviderError.is(error);
    const message = error instanceof Error ? error.message : String(error);
    return new ProviderError(isKnown ? message : scrub(message), {
      ...(isKnown
        ? { code: error.code, retryable: error.retryable, hint: error.hint }
        : { code: "invalid-response" as const, hint: brokenHint }),
      provider: definition.id,
      model: asked.model,
      status,
      requestId: scrub(requestId),
      limits: readLimits(definition, headers),
      partial: scrub(partial),
    });
  }
}

/** An error object may stand where an answer was due, with a status of 200. */
function isError(chunk: JsonObject): boolean {
  const { error, object, type } = chunk;
  return Boolean(error) || type === "error" || (typeof object === "string" && object.toLowerCase() === "error");
}
