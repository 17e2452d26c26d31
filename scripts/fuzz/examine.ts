import { isDeepStrictEqual } from "node:util";
import {
  type ChatEvent,
  type ChatResult,
  type Provider,
  ProviderError,
  type ProviderOptions,
} from "@llm-provider/core";
import { contradictions } from "../../packages/core/test/support/contradictions.ts";
import { cut } from "../../packages/core/test/support/chunkings.ts";
import { fakeFetch, type FakeAnswer } from "../../packages/core/test/support/fake-fetch.ts";
import type { Random } from "./random.ts";

/** One answer of a server, and the client that reads it. */
export interface Input {
  /** The recording, case or grammar that it comes from. */
  readonly origin: string;
  readonly client: (options: ProviderOptions) => Provider;
  readonly status: number;
  readonly body: string;
  readonly ending: NonNullable<FakeAnswer["ending"]>;
}

type Read = { events: ChatEvent[]; result?: ChatResult; error?: unknown };

const longest = 2000;
const request = { model: "any", messages: [{ role: "user", content: "Hello" }] } as const;

/** The fault in reading an input, as a sentence that is the same for the same fault; `undefined` if there is none. */
export async function examine(input: Input, random: Random): Promise<string | undefined> {
  const bytes = new TextEncoder().encode(input.body);
  // The middle of a long body only repeats its chunks.
  const finely = (from: number): number => (from < 3000 || from > bytes.length - 1000 ? 1 : 61);
  try {
    const whole = await timed("whole", byLoop(input, [bytes]));
    const broken = contradictions(whole)[0];
    if (broken) return `Events: ${broken}`;
    for (const [name, size] of [
      ["byte by byte", finely],
      ["cut at random", () => 1 + random.below(200)],
    ] as const) {
      const other = await timed(name, byLoop(input, cut(bytes, size)));
      const difference = differ(whole, other);
      if (difference) return `Whole and ${name} differ in ${difference}.`;
    }
    const alone = await timed("by result", byResult(input, [bytes]));
    const difference = differ({ ...whole, events: [] }, alone);
    if (difference) return `The loop and \`result\` differ in ${difference}.`;
    const chat = await timed("by chat", byChat(input, [bytes]));
    return sameAnswer(whole, chat);
  } catch (error) {
    if (error instanceof Fault) return error.message;
    throw error;
  }
}

class Fault extends Error {}

async function timed(how: string, reading: Promise<Read>): Promise<Read> {
  const began = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Fault(`A read hangs, ${how}.`)), longest);
  });
  const read = await Promise.race([reading, late]).finally(() => clearTimeout(timer));
  if (performance.now() - began > longest) throw new Fault(`A read blocks for more than ${longest} ms, ${how}.`);
  if (read.error !== undefined && !ProviderError.is(read.error)) throw new Fault(`${how}: ${frame(read.error)}`);
  return read;
}

/** Names a foreign error by its text and the first of our files in its stack, so that each fault is one find. */
function frame(error: unknown): string {
  if (!(error instanceof Error)) return `A value that is not an Error was thrown: ${String(error)}`;
  const place = /\/(packages\/[^\s)]+?):\d+:\d+/.exec(error.stack ?? "")?.[1] ?? "an unknown place";
  return `${error.name} is thrown in ${place}: ${error.message.slice(0, 80)}`;
}

function clientOf({ client, status, ending }: Input, pieces: Uint8Array[]): Provider {
  return client({
    apiKey: "a-key-for-the-fuzzer",
    maxRetries: 0,
    idleTimeout: 50,
    ...fakeFetch({ status, body: pieces, ending }),
  });
}

async function byLoop(input: Input, pieces: Uint8Array[]): Promise<Read> {
  const events: ChatEvent[] = [];
  try {
    const stream = clientOf(input, pieces).stream(request);
    for await (const event of stream) events.push(event);
    return { events, result: await stream.result };
  } catch (error) {
    return { events, error };
  }
}

async function byResult(input: Input, pieces: Uint8Array[]): Promise<Read> {
  try {
    return { events: [], result: await clientOf(input, pieces).stream(request).result };
  } catch (error) {
    return { events: [], error };
  }
}

async function byChat(input: Input, pieces: Uint8Array[]): Promise<Read> {
  try {
    return { events: [], result: await clientOf(input, pieces).chat(request) };
  } catch (error) {
    return { events: [], error };
  }
}

/** The first difference between two readings. */
function differ(one: Read, other: Read): string | undefined {
  if (!isDeepStrictEqual(one.events, other.events)) return "their events";
  if (!isDeepStrictEqual(one.result, other.result)) return "their results";
  return isDeepStrictEqual(errorOf(one), errorOf(other)) ? undefined : "their errors";
}

function errorOf({ error }: Read): unknown {
  if (!ProviderError.is(error)) return error;
  const { code, message, status, retryable, partial } = error;
  return { code, message, status, retryable, partial: partial && { ...partial, changes: [] } };
}

function sameAnswer(stream: Read, chat: Read): string | undefined {
  if ((stream.error === undefined) !== (chat.error === undefined)) return "Either stream or chat fails, but not both.";
  if (stream.error !== undefined)
    return isDeepStrictEqual(errorOf(stream), errorOf(chat))
      ? undefined
      : "Stream and chat fail with different errors.";
  const [one, other] = [stream.result!, chat.result!].map((result) => ({ ...result, changes: [] }));
  return isDeepStrictEqual(one, other) ? undefined : "Stream and chat differ in their results.";
}
