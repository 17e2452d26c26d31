import type { Change, ChatResult } from "@llm-provider/core";
import { readBatches, type BatchReader } from "@llm-provider/core/internal";
import type { Provider } from "@llm-provider/core";
import { eventsOf } from "../cache/events-of.ts";
import type { Flight } from "../cache/flight.ts";
import type { KeptAnswer } from "../cache/answer-cache.ts";
import type { Caching } from "../cache/read-caching.ts";
import type { GatewayRequest } from "../target/wrap-provider.ts";
import type { Call } from "./call.ts";
import type { GatewayState } from "./gateway-state.ts";
import { refusal } from "./read-request.ts";

/** Where an answer comes from: a target, a running request that several callers wait for, or the cache. */
export interface AnswerSource extends Pick<BatchReader, "next" | "leave"> {
  /** The changes to the request. Known once `next` or `result` has returned. */
  changes(): readonly Change[];
  /** The whole answer. */
  result(): Promise<ChatResult>;
  /** The target that wrote the answer, as the configuration names it. Known once `next` or `result` has returned. */
  author(): string;
}

/** A request on its way to the targets. */
interface Asking {
  readonly state: GatewayState;
  readonly call: Call;
  readonly provider: Provider;
  readonly request: GatewayRequest;
  readonly signal: AbortSignal;
}

/** Asks the targets. */
export async function askTargets({ call, provider, request, signal }: Asking): Promise<AnswerSource> {
  await call.reserve();
  const author = (): string => call.author;
  if (!call.record.isStream) {
    const result = await provider.chat(request, { signal });
    return {
      next: async () => undefined,
      leave: () => {},
      changes: () => result.changes,
      result: async () => result,
      author,
    };
  }
  const stream = provider.stream(request, { signal });
  const { next, leave, changes } = readBatches(stream);
  return { next, leave, changes, result: () => stream.result, author };
}

/** Returns a kept answer, joins a running request, or asks the targets and keeps their answer. */
export async function askCache(asking: Asking, key: string, { maxAge, isOnly }: Caching): Promise<AnswerSource> {
  const { state, call, provider, request, signal } = asking;
  const { cache } = state;
  const running = (): Flight | undefined => (maxAge > 0 ? cache.running(key) : undefined);
  if (!running()) {
    const kept = await cache.find(key, maxAge);
    if (kept) return replay(kept, call);
  }
  const joined = running();
  if (joined) return follow(joined, call, signal);
  if (isOnly)
    throw refusal(
      "There is no kept answer to this request.",
      "Leave `only-if-cached` out of Cache-Control.",
      "timeout",
    );
  await call.reserve();
  // Another request may have asked the same while this one reserved its budget.
  const other = running();
  if (other) return follow(other, call, signal);
  const ask = (own: AbortSignal): ReturnType<Provider["stream"]> | Promise<ChatResult> =>
    call.record.isStream ? provider.stream(request, { signal: own }) : provider.chat(request, { signal: own });
  const flight = cache.begin(key, state.config.cache!.ttl, ask, call);
  call.waitFor(flight.ended);
  call.record.cache = "miss";
  return sit(flight, signal);
}

function follow(flight: Flight, call: Call, signal: AbortSignal): AnswerSource {
  call.record.cache = "hit";
  const source = sit(flight, signal);
  return { ...source, result: async () => free(await source.result()) };
}

function sit(flight: Flight, signal: AbortSignal): AnswerSource {
  const { next, leave, result } = flight.join(signal);
  return { next, leave, changes: () => flight.changes, result: () => result, author: () => flight.author };
}

function replay({ target, result }: KeptAnswer, call: Call): AnswerSource {
  call.record.cache = "hit";
  let events: ReturnType<typeof eventsOf> | undefined = eventsOf(result);
  return {
    async next() {
      const all = events;
      events = undefined;
      return all;
    },
    leave: () => {},
    changes: () => result.changes,
    result: async () => free(result),
    author: () => target,
  };
}

/** An answer that another request has paid for is free. */
function free(result: ChatResult): ChatResult {
  return result.usage ? { ...result, usage: { ...result.usage, cost: 0 } } : result;
}
