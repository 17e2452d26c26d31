import { isDeepStrictEqual } from "node:util";
import {
  chatCompletions,
  type ChatEvent,
  type ChatRequest,
  type ChatResult,
  type Definition,
  ProviderError,
  type Provider,
  type ProviderOptions,
} from "@llm-provider/core";
import { expect } from "vitest";
import { acme, hello } from "./acme.ts";
import { cut } from "./chunkings.ts";
import { contradictions } from "./contradictions.ts";
import { fakeFetch, type FakeAnswer } from "./fake-fetch.ts";
import { underFakeClock } from "./fake-clock.ts";

export type How = "chat" | "stream";

/** The answer of a server. */
export interface WireReply {
  status?: number;
  headers?: Record<string, string>;
  /** The raw text of the body, or a value to send as JSON. */
  body: unknown;
  /** The connection stays open after the body. */
  hold?: boolean;
  /** Written every 100 ms while the connection is held. */
  heartbeat?: string;
  /** The connection breaks after the body. */
  reset?: boolean;
}

/** The expected result or error. Text between two slashes is a pattern. */
export interface WireExpectation {
  text?: string;
  reasoning?: string;
  refusal?: string;
  images?: string[];
  toolCalls?: object[];
  toolNames?: string[];
  finishReason?: string;
  rawFinishReason?: string;
  usage?: object | null;
  threw?: string;
  code?: string;
  message?: string;
  retryable?: boolean;
  retryAfter?: number;
  hint?: string;
  /** A pattern in `result.message` as JSON. */
  messageHas?: string;
  /** A pattern anywhere in events, result or error. */
  anywhere?: string;
  uniqueIds?: boolean;
  wellFormedEvents?: boolean;
  /** The text in `error.partial`. */
  partialText?: string;
  /** Milliseconds. */
  under?: number;
  /** An error is accepted too. */
  either?: boolean;
}

/** One input and its expected outcome. */
export interface WireCase {
  what?: string;
  how: readonly How[];
  adapter?: string;
  request?: Partial<ChatRequest>;
  response: WireReply | Partial<Record<How, WireReply>>;
  options?: {
    dialect?: object;
    errors?: readonly object[];
    limits?: object;
    provider?: ProviderOptions;
  };
  expected: WireExpectation;
}

export interface Outcome {
  events: ChatEvent[];
  result?: ChatResult;
  error?: unknown;
  ms: number;
  isLate: boolean;
}

/** The pieces of a body, and a name for this way of cutting it. */
export type Cut = { name: string; pieces: Uint8Array[] };

/** Returns the answer of a case to one method. */
export function replyOf({ response }: WireCase, how: How): WireReply {
  return "body" in response ? (response as WireReply) : response[how]!;
}

export function bodyOf({ body }: WireReply): Uint8Array {
  return new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify(body));
}

/**
 * Cuts a body in several ways: whole, byte by byte, and in two pieces at each byte. A body over 2 kB is cut near line ends and at
 * every 13th byte, and the body of a case that waits only at every 97th byte. Without `everyByte`, a short body is cut near line
 * ends and at every 5th byte.
 */
export function cutsOf(reply: WireReply, everyByte = true): Cut[] {
  const bytes = bodyOf(reply);
  const stride = reply.hold ? 97 : bytes.length > 2000 ? 13 : everyByte ? 1 : 5;
  const places = [...bytes.keys()].filter(
    (at) => at > 0 && (at % stride === 0 || (stride < 97 && isNearBorder(bytes, at))),
  );
  return [
    { name: "whole", pieces: [bytes] },
    { name: "byte by byte", pieces: cut(bytes, () => 1) },
    ...places.map((at) => ({ name: `cut at ${at}`, pieces: [bytes.subarray(0, at), bytes.subarray(at)] })),
  ];
}

function isNearBorder(bytes: Uint8Array, at: number): boolean {
  return bytes.subarray(Math.max(0, at - 8), at + 8).includes(10);
}

/** Creates the client of a case, with its answer in memory. `adapters` are the providers that cases name. */
export function clientOf(
  one: WireCase,
  how: How,
  pieces: readonly Uint8Array[],
  adapters: { readonly [id: string]: (options: ProviderOptions) => Provider } = {},
): Provider {
  const { status = 200, headers = {}, hold, heartbeat, reset } = replyOf(one, how);
  const answer: FakeAnswer = {
    status,
    headers,
    body: pieces,
    ending: hold ? "hang" : reset ? brokenOff() : "close",
    ...(heartbeat !== undefined && { heartbeat }),
  };
  const { dialect, errors, limits, provider } = one.options ?? {};
  const options: ProviderOptions = { apiKey: "a-key-for-a-replay", maxRetries: 0, ...provider, ...fakeFetch(answer) };
  if (one.adapter !== undefined) return adapters[one.adapter]!(options);
  const facts: Partial<Definition> = {
    dialect: chatCompletions(dialect),
    ...(errors && { errors: errors.map(withPatterns) as unknown as NonNullable<Definition["errors"]> }),
    ...(limits && { limits: withPatterns(limits) as NonNullable<Definition["limits"]> }),
  };
  return acme(facts, options);
}

function brokenOff(): Error {
  const cause = Object.assign(new Error("other side closed"), { code: "UND_ERR_SOCKET" });
  return Object.assign(new TypeError("terminated"), { cause });
}

/** Text between two slashes is a pattern, at any depth. */
function withPatterns(value: unknown): unknown {
  if (typeof value === "string") return patternOf(value) ?? value;
  if (Array.isArray(value)) return value.map(withPatterns);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withPatterns(inner)]));
}

function patternOf(text: string): RegExp | undefined {
  const found = /^\/(.*)\/([a-z]*)$/s.exec(text);
  return found ? new RegExp(found[1]!, found[2]) : undefined;
}

/** Makes one call and returns its outcome. */
export async function ask(client: Provider, how: How, request: ChatRequest, signal?: AbortSignal): Promise<Outcome> {
  const events: ChatEvent[] = [];
  const options = signal ? { signal } : {};
  const outcome = { events, ms: 0, isLate: false };
  try {
    if (how === "chat") return { ...outcome, result: await client.chat(request, options) };
    const stream = client.stream(request, options);
    for await (const event of stream) events.push(event);
    return { ...outcome, result: await stream.result };
  } catch (error) {
    return { ...outcome, error };
  }
}

/** Plays a case with one method and one cut. A case that waits gets a fake clock. */
export async function play(
  one: WireCase,
  how: How,
  pieces: readonly Uint8Array[],
  adapters?: Parameters<typeof clientOf>[3],
): Promise<Outcome> {
  const request = { ...hello, ...one.request };
  const run = (signal?: AbortSignal): Promise<Outcome> =>
    ask(clientOf(one, how, pieces, adapters), how, request, signal);
  const isWaiting = replyOf(one, how).hold === true || (one.options?.provider?.maxRetries ?? 0) > 0;
  if (!isWaiting) return run();
  const { value, ms, isLate } = await underFakeClock(run);
  return { ...value, ms, isLate };
}

/** Plays a case in all cuts, checks the first outcome and expects the same from the others. */
export async function expectAsWanted(
  one: WireCase,
  how: How,
  { adapters, everyByte = true }: { adapters?: Parameters<typeof clientOf>[3]; everyByte?: boolean } = {},
): Promise<void> {
  let first: Outcome | undefined;
  for (const { name, pieces } of cutsOf(replyOf(one, how), everyByte)) {
    const outcome = await play(one, how, pieces, adapters);
    if (!first) expectOutcome(one.expected, outcome, how);
    first ??= outcome;
    // Compares without the matcher first: thousands of times, it would take as long as reading the answers.
    if (!isDeepStrictEqual(shown(outcome), shown(first))) expect(shown(outcome), name).toEqual(shown(first));
  }
}

/** The part of an outcome that must be the same in every cut. */
function shown({ events, result, error }: Outcome): unknown {
  return { events, result, error: ProviderError.is(error) ? { ...error, message: error.message } : error };
}

function expectOutcome(wanted: WireExpectation, outcome: Outcome, how: How): void {
  const { events, result, error, ms, isLate } = outcome;
  expect(isLate, "it ends by itself").toBe(false);
  if (wanted.under !== undefined) expect(ms).toBeLessThan(wanted.under);
  if (how === "stream") expect(contradictions({ events, result, error })).toEqual([]);
  if (wanted.anywhere !== undefined) expectLike(JSON.stringify([events, result, error]), wanted.anywhere);
  if (wanted.wellFormedEvents)
    for (const event of events) expect(JSON.stringify(event)).not.toMatch(/\\ud[89a-f][0-9a-f]{2}/i);
  if (error !== undefined) {
    expect(error, "everything that is thrown is a ProviderError").toSatisfy(ProviderError.is);
    if (wanted.either) return;
    if (wanted.threw === undefined) throw error;
    expectError(wanted, error as ProviderError);
    return;
  }
  if (wanted.threw !== undefined && !wanted.either)
    expect.fail(`It passed as an answer: ${JSON.stringify(result?.message)}`);
  expectResult(wanted, result!);
}

function expectError(wanted: WireExpectation, error: ProviderError): void {
  expect(error.name).toBe(wanted.threw);
  for (const field of ["code", "retryable", "retryAfter"] as const)
    if (wanted[field] !== undefined) expect(error[field], field).toBe(wanted[field]);
  if (wanted.message !== undefined) expectLike(error.message, wanted.message);
  if (wanted.hint !== undefined) expectLike(error.hint ?? "", wanted.hint);
  if (wanted.partialText !== undefined) expectLike(error.partial?.text ?? "", wanted.partialText);
}

function expectResult(wanted: WireExpectation, result: ChatResult): void {
  for (const field of ["text", "reasoning", "refusal", "finishReason", "rawFinishReason"] as const)
    if (wanted[field] !== undefined)
      expectLike(String((result as { [name in typeof field]?: string })[field]), wanted[field]);
  if (wanted.images) expect(result).toHaveProperty("images", wanted.images);
  if (wanted.toolCalls) {
    expect(result.toolCalls).toHaveLength(wanted.toolCalls.length);
    expect(result.toolCalls).toMatchObject(wanted.toolCalls);
  }
  if (wanted.toolNames) expect(result.toolCalls.map(({ name }) => name)).toEqual(wanted.toolNames);
  if (wanted.usage === null) expect(result.usage).toBeUndefined();
  else if (wanted.usage) expect(result.usage).toMatchObject(wanted.usage);
  if (wanted.messageHas !== undefined) expectLike(JSON.stringify(result.message), wanted.messageHas);
  if (wanted.uniqueIds) {
    const ids = result.toolCalls.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(result.message.tool_calls?.map(({ id }) => id) ?? []).toEqual(ids);
  }
}

function expectLike(text: string, wanted: string): void {
  const pattern = patternOf(wanted);
  if (pattern) expect(text).toMatch(pattern);
  else expect(text).toBe(wanted);
}
