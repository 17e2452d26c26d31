import type { Change, ChatRequest, ChatResult, Definition } from "@llm-provider/core";
import { createScrubber, maskKeys, nameKey, secretsIn } from "@llm-provider/core/internal";
import type { AttemptRecord, RequestRecord } from "../log/request-record.ts";
import { mostBytes, type Exchange } from "./exchange.ts";
import type { RecordedAttempt, Recording } from "./recording.ts";

/** A text without keys, of which the beginning is kept. */
export interface SealedText {
  readonly text: string;
  /** Of the whole. */
  readonly bytes: number;
  readonly isCut: boolean;
}

/** One HTTP request without keys. */
export interface SealedExchange extends Pick<
  Exchange,
  "at" | "status" | "times" | "sizes" | "endedAt" | "fault" | "url" | "headers" | "responseHeaders"
> {
  readonly body: SealedText;
  readonly response: SealedText;
}

/** One attempt without keys. */
export interface SealedAttempt {
  readonly record: AttemptRecord;
  readonly definition?: Definition;
  /** The target's model. */
  readonly model: string;
  /** What the target got, as its rules read it. Without the messages. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly changes: readonly Change[];
  readonly exchange?: SealedExchange;
}

/** One request as it is kept: no form of a key that is known, and no text that looks like one, is in it. */
export interface SealedRequest {
  readonly record: RequestRecord;
  readonly sent: SealedText;
  readonly attempts: readonly SealedAttempt[];
  /** Absent where the answer is not whole. */
  readonly result?: Pick<ChatResult, "text" | "reasoning" | "toolCalls" | "finishReason" | "rawFinishReason">;
  readonly elapsed: number;
  /** Takes keys out of what is made of this request. */
  readonly clean: Clean;
}

/** Takes keys out of a text, or out of all texts of a JSON value. */
export type Clean = <T>(value: T) => T;

/** Says where a key is, as far as that is known of no endpoint in particular. */
const anyEndpoint = { auth: "none" } as Definition;

/** Seals a request. `secrets` are those that the program knows beside the ones that were sent. */
export function seal(recording: Recording, secrets: readonly string[]): SealedRequest {
  const { record, sent, attempts, result, shown, elapsed } = recording;
  const onWire = attempts.flatMap(({ target: { definition = anyEndpoint }, exchange }) =>
    exchange ? secretsIn(definition, { ...exchange.headers }, exchange.url) : [],
  );
  const clean = cleanOf([...secrets, ...shown, ...onWire]);
  return {
    record: clean(record),
    sent: sealText(clean, sent),
    attempts: attempts.map((attempt) => sealAttempt(attempt, elapsed, clean)),
    ...(result && {
      result: clean({
        text: result.text,
        reasoning: result.reasoning,
        toolCalls: result.toolCalls,
        finishReason: result.finishReason,
        ...(result.rawFinishReason !== undefined && { rawFinishReason: result.rawFinishReason }),
      }),
    }),
    elapsed,
    clean,
  };
}

/** Those made last: making one costs more than using it, and most requests have the same secrets. */
const recent = new Map<string, Clean>();
const mostRecent = 16;

/** A shorter secret is a word that somebody set where no key is asked for: to take it out of every text would hide much. */
const shortest = 8;

/** Known keys in any form, then whatever looks like one. */
export function cleanOf(given: readonly string[]): Clean {
  const secrets = [...new Set(given)].filter(({ length }) => length >= shortest);
  const key = JSON.stringify(secrets);
  const clean = recent.get(key) ?? createClean(secrets);
  recent.delete(key);
  recent.set(key, clean);
  if (recent.size > mostRecent) recent.delete(recent.keys().next().value!);
  return clean;
}

function createClean(secrets: readonly string[]): Clean {
  const scrub = createScrubber(secrets);
  const mask = (value: unknown, name?: string): unknown => {
    if (typeof value === "string") return maskKeys(value, name === undefined ? {} : { name });
    if (Array.isArray(value)) return value.map((inner) => mask(inner, name));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [maskKeys(key), mask(inner, key)]));
  };
  return (value) => mask(scrub(value)) as typeof value;
}

function sealAttempt({ target, at, exchange, record }: RecordedAttempt, elapsed: number, clean: Clean): SealedAttempt {
  const { name, definition, request } = target;
  const { messages: _, input: __, ...parameters } = request as Record<string, unknown>;
  const begun = exchange?.at ?? at;
  return {
    record: clean(record ?? { target: name, at: begun, ms: elapsed - begun, isSent: exchange !== undefined }),
    ...(definition && { definition }),
    model: request.model,
    parameters: clean({ ...parameters }),
    changes: clean(changesOf(target)),
    ...(exchange && { exchange: sealExchange(exchange, definition, clean) }),
  };
}

/** What was changed for the target. A request that cannot be prepared was never sent. */
function changesOf({ provider, request }: RecordedAttempt["target"]): Change[] {
  if (!Array.isArray(request["messages"])) return [];
  try {
    return provider.prepare({ ...(request as ChatRequest), stream: true }).changes;
  } catch {
    return [];
  }
}

function sealExchange(exchange: Exchange, definition: Definition | undefined, clean: Clean): SealedExchange {
  const { at, status, times, sizes, endedAt, fault, url, headers, body, responseHeaders, pieces, bytes } = exchange;
  const received = Buffer.concat(pieces);
  return {
    at,
    status,
    times,
    sizes,
    endedAt,
    fault,
    url: clean(url),
    headers: clean(nameKey(definition ?? anyEndpoint, { ...headers })),
    body: sealText(clean, body),
    responseHeaders: clean(withoutCookies(responseHeaders)),
    response: { text: clean(received.toString("utf8")), bytes, isCut: bytes > received.length },
  };
}

function withoutCookies(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, name.startsWith("set-cookie") ? "[redacted]" : value]),
  );
}

/** A text is cleaned before it is cut: a key that is cut through would look like none. */
function sealText(clean: Clean, text: string): SealedText {
  const bytes = Buffer.byteLength(text);
  if (bytes <= mostBytes) return { text: clean(text), bytes, isCut: false };
  // Of a text of 32 MiB no more is looked at than a key's length beyond the cut.
  const cleaned = clean(text.slice(0, mostBytes + 4096)).slice(0, mostBytes);
  // A part of a text keeps all of it in memory, a copy does not.
  return { text: Buffer.from(cleaned).toString("utf8"), bytes, isCut: true };
}
