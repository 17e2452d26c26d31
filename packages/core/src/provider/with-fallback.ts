import { abortedError } from "../transport/watch-request.ts";
import type { Attempt, CallOptions, Provider } from "./provider.ts";
import type { ChatRequest } from "../chat/chat-request.ts";
import { createChatStream } from "./chat-stream.ts";
import type { Json } from "../json.ts";
import { openTarget } from "./open-target.ts";
import { ProviderError } from "../errors/provider-error.ts";
import { quiet } from "./quiet.ts";
import { TargetQueue, type AimedTarget, type Failure } from "./target-queue.ts";

/** A provider, which gets the request's model, or a provider with the model to ask there. */
// oxlint-disable-next-line typescript/no-explicit-any -- any provider will do
export type Target = Provider<any, any> | { provider: Provider<any, any>; model: string };

/** How a fallback chooses, and how patient it is. */
export interface FallbackOptions {
  /**
   * Milliseconds to the first text, reasoning, image or tool call of a stream. A target that is silent for longer is cancelled,
   * and the next one is asked. A whole answer (`chat`) has no first content: bound it with the `timeout` of its provider.
   * @default none
   */
  firstContent?: number;
  /**
   * How often the list is gone through. From the second round on, only those are asked again whose error was retryable. No wait
   * is added: providers wait by themselves before they retry.
   * @default 1
   */
  rounds?: number;
  /** Which targets to ask for this request, and in which order. Every one must be of the list that `withFallback` was given. For `embed`, `messages` is empty. */
  order?: (request: ChatRequest, targets: readonly Target[]) => readonly Target[];
  /** Called after every HTTP request with the target's place in the list, from 0. What it throws is dropped. */
  onAttempt?: (attempt: Attempt & { target: number }) => void;
}

type Asked = { readonly model: string };

/**
 * Asks the first target, and the next one where it fails for a reason of its own: `rate-limit`, `overloaded`, `server`,
 * `network`, `timeout`, `quota`, and `context-overflow` where the next model is known to take more. Nothing moves on once the
 * first text, reasoning, image or tool call was handed out; what came before it goes with its target.
 *
 * `embed` asks only targets that get the same model as the first of the list, since vectors of two models cannot be compared.
 * `models` and `prepare` are those of the first target. `result.metadata.fallback` lists who failed and why; an error that
 * ends the call has the same list in its `metadata`.
 */
export function withFallback(targets: readonly Target[], options: FallbackOptions = {}): Provider {
  const { firstContent, rounds = 1, order } = options;
  const [first] = targets;
  if (!first) throw new TypeError("withFallback needs at least one target, such as withFallback([acme(), other()]).");
  const { id } = providerOf(first);

  return {
    id,
    chat: async (request, call = {}) =>
      askEach(aim(request), call, async (target, own, failures) =>
        withFailures(await target.provider.chat({ ...request, model: target.model }, own), failures),
      ),
    stream: (request, call = {}) =>
      createChatStream(id, call.signal, (signal, out) =>
        askEach(aim(request), { ...call, signal }, async (target, own, failures) => {
          const answer = await openTarget(target, request, { ...own, signal }, firstContent, out);
          return { read: answer.read, result: async () => withFailures(await answer.result(), failures) };
        }),
      ),
    async embed(request, call = {}) {
      const model = modelOf(first, request);
      const same = aim({ ...request, messages: [] }).filter((target) => target.model === model);
      return askEach(same, call, (target, own) => target.provider.embed({ ...request, model }, own));
    },
    models: (call) => providerOf(first).models(call),
    prepare: (request, call) => providerOf(first).prepare({ ...request, model: modelOf(first, request) }, call),
  };

  /** The targets of this request, in their order. */
  function aim(request: ChatRequest): AimedTarget[] {
    const chosen = order ? order(request, targets) : targets;
    return chosen.map((target) => ({
      provider: providerOf(target),
      model: modelOf(target, request),
      index: targets.indexOf(target),
    }));
  }

  async function askEach<Value>(
    aimed: readonly AimedTarget[],
    call: CallOptions,
    ask: (target: AimedTarget, call: CallOptions, failures: Failure[]) => Promise<Value>,
  ): Promise<Value> {
    const queue = new TargetQueue(aimed, rounds);
    let target = queue.take();
    if (!target)
      throw new ProviderError("No target is left for this request.", {
        code: "invalid-request",
        provider: id,
        hint: "Let `order` return at least one target of the list.",
      });
    for (;;) {
      if (call.signal?.aborted) throw abortedError(target.provider.id);
      try {
        return await ask(target, watched(target, call), queue.failures);
      } catch (error) {
        if (!ProviderError.is(error)) throw error;
        const next = queue.takeAfter(target, error);
        if (!next) throw queue.failures.length > 0 ? withHistory(error, queue.failures) : error;
        target = next;
      }
    }
  }

  /** The options of a call to one target: both observers are told, each on its own. */
  function watched({ index }: AimedTarget, call: CallOptions): CallOptions {
    if (!options.onAttempt) return call;
    const mine = quiet(options.onAttempt);
    const theirs = call.onAttempt && quiet(call.onAttempt);
    return {
      ...call,
      onAttempt(attempt) {
        mine({ ...attempt, target: index });
        theirs?.(attempt);
      },
    };
  }
}

function providerOf(target: Target): Provider {
  return "provider" in target ? target.provider : target;
}

function modelOf(target: Target, request: Asked): string {
  return "provider" in target ? target.model : request.model;
}

function withFailures<Result extends { metadata: { [key: string]: Json | undefined } }>(
  result: Result,
  failures: Failure[],
): Result {
  return failures.length > 0 ? { ...result, metadata: { ...result.metadata, fallback: failures } } : result;
}

function withHistory(error: ProviderError, failures: Failure[]): ProviderError {
  const { name: _, ...fields } = error;
  return new ProviderError(error.message, { ...fields, metadata: { ...error.metadata, fallback: failures } });
}
