import type { Answer } from "../answer/answer.ts";
import type { ChatEvent } from "../chat/chat-event.ts";
import type { ChatRequest } from "../chat/chat-request.ts";
import type { ChatResult } from "../chat/chat-result.ts";
import { createChatStream } from "./chat-stream.ts";
import type { Json } from "../json.ts";
import type { Provider } from "./provider.ts";
import type { ErrorCode } from "../chat/error-code.ts";
import { ProviderError } from "../errors/provider-error.ts";

/** A provider, which gets the request's model, or a provider with the model to ask there. */
// oxlint-disable-next-line typescript/no-explicit-any -- any provider will do
export type Target = Provider<any, any> | { provider: Provider<any, any>; model: string };

/** Failures that another endpoint may not share. */
const movable: ReadonlySet<ErrorCode> = new Set(["rate-limit", "overloaded", "server", "network", "timeout", "quota"]);

type Failure = { provider: string; model: string; code: ErrorCode; message: string };

/**
 * Asks the first target, and the next one where it fails for a reason of its own, before the first event only.
 * `result.metadata.fallback` lists who failed and why.
 */
export function withFallback(targets: readonly Target[]): Provider {
  const providers = targets.map((target) => ("provider" in target ? target : { provider: target, model: undefined }));
  const [first] = providers;
  if (!first) throw new TypeError("withFallback needs at least one target, such as withFallback([acme(), other()]).");
  const { provider: head } = first;

  return {
    id: head.id,
    chat: (request, options) => tryEach(request, ({ provider }, asked) => provider.chat(asked, options), withFailures),
    stream: (request, options) =>
      createChatStream(head.id, options?.signal, (signal, out) =>
        tryEach(request, ({ provider }, asked) => openStream(provider, asked, signal, out), relay),
      ),
    models: (options) => head.models(options),
    prepare: (request) => head.prepare(aim(first, request)),
  };

  async function tryEach<T>(
    request: ChatRequest,
    attempt: (target: (typeof providers)[number], request: ChatRequest) => Promise<T>,
    then: (value: T, failures: Failure[]) => T,
  ): Promise<T> {
    const failures: Failure[] = [];
    for (const [index, target] of providers.entries()) {
      const asked = aim(target, request);
      try {
        return then(await attempt(target, asked), failures);
      } catch (error) {
        if (!ProviderError.is(error)) throw error;
        if (!movable.has(error.code) || index === providers.length - 1)
          throw failures.length > 0 ? withHistory(error, failures) : error;
        failures.push({ provider: target.provider.id, model: asked.model, code: error.code, message: error.message });
      }
    }
    throw new TypeError("unreachable");
  }
}

function aim(target: { model: string | undefined }, request: ChatRequest): ChatRequest {
  return target.model === undefined ? request : { ...request, model: target.model };
}

function withFailures(result: ChatResult, failures: Failure[]): ChatResult {
  return failures.length > 0
    ? { ...result, metadata: { ...result.metadata, fallback: failures as unknown as Json } }
    : result;
}

function relay(answer: Answer, failures: Failure[]): Answer {
  return { read: answer.read, result: async () => withFailures(await answer.result(), failures) };
}

/** Resolves when the first event is there, and fails like it. */
async function openStream(
  provider: Provider,
  request: ChatRequest,
  signal: AbortSignal,
  out: ChatEvent[],
): Promise<Answer> {
  const stream = provider.stream(request, { signal });
  const iterator = stream[Symbol.asyncIterator]();
  const answer: Answer = {
    async read(events) {
      const { value, done } = await iterator.next();
      if (!done) events.push(value);
      return !done;
    },
    result: () => stream.result,
  };
  await answer.read(out);
  return answer;
}

function withHistory(error: ProviderError, failures: Failure[]): ProviderError {
  const { message, ...fields } = {
    ...error,
    message: error.message,
    code: error.code,
    provider: error.provider,
    retryable: error.retryable,
  };
  return new ProviderError(message, {
    ...fields,
    metadata: { ...error.metadata, fallback: failures as unknown as Json },
  });
}
