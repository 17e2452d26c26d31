import type { AimedTarget } from "./fallback-hooks.ts";
import type { Answer } from "../answer/answer.ts";
import type { CallOptions } from "./provider.ts";
import type { ChatEvent } from "../chat/chat-event.ts";
import type { ChatRequest } from "../chat/chat-request.ts";
import { longestTimer } from "../transport/watch-request.ts";
import { ProviderError } from "../errors/provider-error.ts";
import { readBatches } from "./chat-stream.ts";

/** One of these events commits the call to its target; `finish` ends an answer without content. */
const content: ReadonlySet<ChatEvent["type"]> = new Set(["text", "reasoning", "image", "tool-call-start", "finish"]);

/**
 * Opens a stream of one target and reads to its first content, which is then in `out` with all before it. Fails with nothing
 * in `out`, and with the request cancelled, where the target fails or is silent for longer than `firstContent` milliseconds.
 */
export async function openTarget(
  target: AimedTarget,
  request: ChatRequest,
  call: CallOptions & { readonly signal: AbortSignal },
  firstContent: number | undefined,
  out: ChatEvent[],
): Promise<Answer> {
  const { provider, model } = target;
  // Not `AbortSignal.any`: its weak references survive every short garbage collection, and keep a stream alive.
  const stopped = new AbortController();
  const stop = (): void => stopped.abort();
  if (call.signal.aborted) stop();
  else call.signal.addEventListener("abort", stop, { once: true });
  const stream = provider.stream({ ...request, model }, { ...call, signal: stopped.signal });
  const reader = readBatches(stream);
  const patience = startPatience(target, firstContent);
  const held: ChatEvent[] = [];
  try {
    while (!hasContent(held)) {
      const events = await patience.race(reader.next());
      if (!events) break;
      held.push(...events);
    }
  } catch (error) {
    call.signal.removeEventListener("abort", stop);
    stop();
    // Another library's provider may not listen to its signal.
    reader.leave();
    throw error;
  } finally {
    patience.end();
  }
  for (const event of held) out.push(event);
  return {
    changes: reader.changes(),
    async read(events) {
      const batch = await reader.next();
      if (!batch) return false;
      for (const event of batch) events.push(event);
      return true;
    },
    result: () => stream.result,
  };
}

function hasContent(held: readonly ChatEvent[]): boolean {
  return held.some(({ type }) => content.has(type));
}

interface Patience {
  /** The promise, or an error as soon as the time is up. */
  race<Value>(promise: Promise<Value>): Promise<Value>;
  end(): void;
}

function startPatience({ provider, model }: AimedTarget, milliseconds: number | undefined): Patience {
  if (milliseconds === undefined) return { race: (promise) => promise, end: () => {} };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => {
        const message = `${provider.id} sent no content within ${milliseconds} ms.`;
        const hint = "Give more time with the option `firstContent` of `withFallback` (milliseconds).";
        reject(new ProviderError(message, { code: "timeout", provider: provider.id, model, retryable: true, hint }));
      },
      Math.min(milliseconds, longestTimer),
    );
  });
  silence.catch(() => {});
  return { race: (promise) => Promise.race([promise, silence]), end: () => clearTimeout(timer) };
}
