import { abortedError } from "../transport/watch-request.ts";
import type { AimedTarget, FallbackHooks, FallbackOptions, Target } from "./fallback-hooks.ts";
import type { CallOptions, Provider } from "./provider.ts";
import type { ChatRequest } from "../chat/chat-request.ts";
import { createChatStream } from "./chat-stream.ts";
import type { Json } from "../json.ts";
import { openTarget } from "./open-target.ts";
import { ProviderError } from "../errors/provider-error.ts";
import { quiet } from "./quiet.ts";
import { sleep } from "../transport/with-retries.ts";
import { TargetQueue, type Failure } from "./target-queue.ts";

type Asked = { readonly model: string };

/**
 * Asks the first target, and the next one if the first fails for a reason of its own: `rate-limit`, `overloaded`, `server`,
 * `network`, `timeout`, `quota`, and `context-overflow` if the next model is known to take more. No fallback happens once the
 * first text, reasoning, image or tool call was delivered; earlier events are discarded with their target.
 *
 * `embed` asks only targets that get the same model as the first of the list, since vectors of two models cannot be compared.
 * `models` and `prepare` are those of the first target. `result.metadata.fallback` lists who failed and why; an error that
 * ends the call has the same list in its `metadata`.
 */
export function withFallback(targets: readonly Target[], options: FallbackOptions = {}): Provider {
  const { firstContent, rounds, order, onAttempt } = options;
  return createFallback(targets, { firstContent, rounds, order, onAttempt });
}

/** The engine of `withFallback`, with the hooks of a program that has many requests to serve. */
export function createFallback(targets: readonly Target[], hooks: FallbackHooks): Provider {
  const { firstContent, order } = hooks;
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
          return { ...answer, result: async () => withFailures(await answer.result(), failures) };
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

  /** The targets of this request, in order. */
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
    const queue = new TargetQueue(aimed, hooks);
    let last: ProviderError | undefined;
    for (;;) {
      const target = queue.take();
      if (!target) {
        const wait = queue.nextRound();
        if (wait === undefined) throw last ? withHistory(last, queue.failures.slice(0, -1)) : nobodyLeft(aimed);
        if (wait > 0) await sleep(wait, { provider: id, signal: call.signal });
        continue;
      }
      if (call.signal?.aborted) throw abortedError(target.provider.id);
      const isAdmitted = hooks.admit ? hooks.admit(target) : true;
      if (isAdmitted !== true && !(await isAdmitted)) continue;
      let value: Value;
      try {
        value = await ask(target, watched(target, call), queue.failures);
      } catch (error) {
        const known = ProviderError.is(error) ? error : undefined;
        hooks.settle?.(target, known ?? abortedError(target.provider.id));
        if (!known) throw error;
        last = known;
        if (!queue.fail(target, last)) throw withHistory(last, queue.failures.slice(0, -1));
        continue;
      }
      hooks.settle?.(target, undefined);
      return value;
    }
  }

  function nobodyLeft([aimed]: readonly AimedTarget[]): ProviderError {
    if (aimed && hooks.refuse) return hooks.refuse(aimed);
    return new ProviderError("No target is left for this request.", {
      code: "invalid-request",
      provider: id,
      hint: "Let `order` return at least one target of the list.",
    });
  }

  /** The options of a call to one target: both observers are called, independently of each other. */
  function watched({ index }: AimedTarget, call: CallOptions): CallOptions {
    if (!hooks.onAttempt) return call;
    const mine = quiet(hooks.onAttempt);
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
  if (failures.length === 0) return error;
  const { name: _, ...fields } = error;
  return new ProviderError(error.message, { ...fields, metadata: { ...error.metadata, fallback: failures } });
}
