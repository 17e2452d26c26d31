import type { Change, ChatRequest, ChatResult, Definition } from "@llm-provider/core";
import { createScrubber, maskKeys, nameKey, secretsIn } from "@llm-provider/core/internal";
import type { AttemptRecord, RequestRecord } from "../log/request-record.ts";
import { mostBytes, type Exchange } from "./exchange.ts";
import type { RecordedAttempt, Recording } from "./recording.ts";

/** A text without keys. Only the beginning of a long text is kept. */
export interface SealedText {
  readonly text: string;
  /** The length of the whole text. */
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
  /** The parameters that the target's rules were applied to, without messages. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly changes: readonly Change[];
  readonly exchange?: SealedExchange;
}

/** One request as it is kept. It contains neither a known key in any form, nor text that looks like a key. */
export interface SealedRequest {
  readonly record: RequestRecord;
  readonly sent: SealedText;
  readonly attempts: readonly SealedAttempt[];
  /** Absent if the answer is incomplete. */
  readonly result?: Pick<ChatResult, "text" | "reasoning" | "toolCalls" | "finishReason" | "rawFinishReason">;
  readonly elapsed: number;
  /** Removes keys from values that are derived from this request. */
  readonly clean: Clean;
}

/** Removes keys from a text, or from all texts in a JSON value. */
export type Clean = <T>(value: T) => T;

/** A definition for attempts without one: keys are found in the usual places. */
const anyEndpoint = { auth: "none" } as Definition;

/** Seals a request. `secrets` are known secrets in addition to those that were sent. */
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

/** The last created functions. Creating one costs more than using it, and most requests have the same secrets. */
const recent = new Map<string, Clean>();
const mostRecent = 16;

/** Shorter secrets are placeholders for endpoints without keys. Removing such a word from every text would hide too much. */
const shortest = 8;

/** Returns a function that removes known keys in any form, and then everything that looks like a key. */
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

/** The changes for the target. If the request cannot be prepared it was never sent, and there are none. */
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

/** Cleans a text before it is cut, since a key that is cut in two would not be recognized. */
function sealText(clean: Clean, text: string): SealedText {
  const bytes = Buffer.byteLength(text);
  if (bytes <= mostBytes) return { text: clean(text), bytes, isCut: false };
  // Scanning a key's length beyond the cut is enough, even if the text has 32 MiB.
  const cleaned = clean(text.slice(0, mostBytes + 4096)).slice(0, mostBytes);
  // A slice would keep the whole text in memory, a copy does not.
  return { text: Buffer.from(cleaned).toString("utf8"), bytes, isCut: true };
}
