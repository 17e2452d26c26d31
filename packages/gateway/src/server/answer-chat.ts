import { randomUUID } from "node:crypto";
import type { ChatResult } from "@llm-provider/core";
import { createFallback, estimateTokens, parseTarget } from "@llm-provider/core/internal";
import type { ChunkFacts } from "../answer/chunk-writer.ts";
import { toCompletion } from "../answer/to-completion.ts";
import { toProviderError } from "../answer/to-error.ts";
import { orderTargets } from "../target/order-targets.ts";
import type { Asked } from "../budget/ledger.ts";
import { cacheKey } from "../cache/cache-key.ts";
import { readCaching } from "../cache/read-caching.ts";
import type { GatewayTarget, PublicModel } from "../target/target.ts";
import {
  callerField,
  measure,
  refuseErrorEnd,
  type Caller,
  type GatewayRequest,
  type HttpCaller,
} from "../target/wrap-provider.ts";
import { answerHeaders, errorResponse } from "./answer-headers.ts";
import { askCache, askTargets, type AnswerSource } from "./answer-source.ts";
import { Call } from "./call.ts";
import { pipeAnswer } from "./pipe-answer.ts";
import type { GatewayState } from "./gateway-state.ts";
import { readModels, refusal, type JsonBody } from "./read-request.ts";

/** Parameters that no target gets, since the gateway's answers have no field for their result. */
const unserved: Readonly<Record<string, string>> = {
  logprobs: "The gateway does not return log probabilities.",
  top_logprobs: "The gateway does not return log probabilities.",
};

/** Answers `POST /v1/chat/completions`. */
export async function answerChat(
  state: GatewayState,
  body: JsonBody,
  caller: HttpCaller,
  signal: AbortSignal,
): Promise<Response> {
  const models = readModels(body, state, caller.client);
  const { request, isStream, hasUsage, dropped } = readChat(body, caller);
  const chain = chainOf(models, request, caller.replay?.target);
  const model = models.map(({ name }) => name).join(", ");
  const call = new Call(state, chain, { caller, path: "/v1/chat/completions", model, isStream, ...askedBy(request) });
  const provider = createFallback(
    chain.map((target) => ({ provider: target.provider, model: target.model })),
    call.hooks(),
  );
  const asking = { state, call, provider, request: { ...request, model: models[0]!.name }, signal };
  try {
    const caching = readCaching(state.config.cache, request, caller.header);
    const source = caching ? await askCache(asking, keyOf(models, request, caller), caching) : await askTargets(asking);
    if (!isStream) return wholeAnswer(state, call, caller, await source.result(), source, dropped);
    const first = (await source.next()) ?? [];
    call.record.firstContent = call.elapsed;
    call.record.target = source.author();
    if (call.target) measure(call.target.latency, call.attempts.at(-1)!.ms);
    call.noteChanges(source.changes(), dropped);
    // If the stream ended with an error before any content, the status can still report it.
    for (const event of first)
      if (event.type === "finish")
        refuseErrorEnd(event, call.target?.definition.id ?? parseTarget(source.author()).name);
    const start = first.find((event) => event.type === "start");
    const facts = factsOf(start ?? {}, source, hasUsage);
    return await pipeAnswer({ state, call, client: caller.client, source, facts, first }, caller.outgoing);
  } catch (error) {
    return errorResponse(toProviderError(error), call);
  }
}

interface ReadChat {
  readonly request: GatewayRequest;
  readonly isStream: boolean;
  readonly hasUsage: boolean;
  readonly dropped: readonly string[];
}

/**
 * The request as the targets get it. The caller's `stream_options` are not passed on: some endpoints refuse them, and core asks
 * every endpoint that supports them for token counts, since the log needs the counts in any case.
 */
function readChat(body: JsonBody, caller: Caller): ReadChat {
  const { model: _, models: __, stream, stream_options: options, ...rest } = body;
  if (!Array.isArray(rest["messages"]) || !rest["messages"].every((one) => typeof one === "object" && one !== null))
    throw refusal(
      "`messages` is not a list of messages.",
      'Give one, such as [{ "role": "user", "content": "Hello" }].',
    );
  if (stream !== undefined && stream !== null && typeof stream !== "boolean")
    throw refusal("`stream` is neither true nor false.", "Leave it out, or write true or false.");
  if (typeof rest["n"] === "number" && rest["n"] !== 1)
    throw refusal(
      "`n` asks for several answers, and the gateway gives one.",
      "Leave `n` out, or send several requests.",
      "unsupported-parameter",
    );
  const dropped = Object.entries(unserved).flatMap(([name, reason]) => {
    const isAsked = rest[name] !== undefined && rest[name] !== null && rest[name] !== false;
    delete rest[name];
    return isAsked ? [`${name}=${reason}`] : [];
  });
  const hasUsage =
    stream === true && (options as { include_usage?: unknown } | null | undefined)?.include_usage === true;
  const request = {
    ...rest,
    [callerField]: caller,
  } as GatewayRequest;
  return { request, isStream: stream === true, hasUsage, dropped };
}

/** The cache key covers everything that affects the answer: the request, the possible targets, and the forwarded headers. */
function keyOf(models: readonly PublicModel[], request: GatewayRequest, { client, header }: Caller): string {
  const targets = models.flatMap((model) => model.targets);
  const forwarded = new Set(targets.flatMap(({ forward }) => forward));
  const headers = [...forwarded].sort().map((name) => `${name}: ${header(name) ?? ""}`);
  const { [callerField]: _, ...body } = request;
  return cacheKey(
    { client, targets: [...models.map(({ name }) => name), ...targets.map(({ id }) => id)], headers },
    body,
  );
}

/** The parts of a request that cost money. If it has two limits, the higher one counts, since an endpoint may read either. */
function askedBy({ messages, tools, max_tokens: most, max_completion_tokens: longest }: GatewayRequest): Asked {
  const limits = [most, longest].filter((limit) => typeof limit === "number" && limit > 0);
  return {
    input: [messages, tools ?? []],
    ...(limits.length > 0 && { longest: Math.ceil(Math.max(...(limits as number[]))) }),
  };
}

/** The targets of all models in the request, each once. `only` limits them to one target, for a request that is replayed there. */
function chainOf(models: readonly PublicModel[], request: GatewayRequest, only: string | undefined): GatewayTarget[] {
  const tokens = models.some(({ route }) => route === "price") ? estimateTokens(askedBy(request).input) : 0;
  const chain = models.flatMap((model) => orderTargets(model, request, tokens));
  return chain.filter(
    (target, index) =>
      (only === undefined || target.name === only) &&
      chain.findIndex(({ health }) => health === target.health) === index,
  );
}

/** The most characters of an id or a model's name, since every chunk repeats both. */
const longestName = 256;

function factsOf(
  answered: { readonly id?: string; readonly model?: string },
  source: AnswerSource,
  hasUsage: boolean,
): ChunkFacts {
  const { id = "", model = "" } = answered;
  return {
    id: id !== "" && id.length <= longestName ? id : `chatcmpl-${randomUUID()}`,
    model: model !== "" && model.length <= longestName ? model : (parseTarget(source.author()).model ?? ""),
    created: Math.floor(Date.now() / 1000),
    hasUsage,
  };
}

function wholeAnswer(
  state: GatewayState,
  call: Call,
  caller: Caller,
  result: ChatResult,
  source: AnswerSource,
  dropped: readonly string[],
): Response {
  const facts = factsOf(result, source, true);
  const author = source.author();
  call.record.target = author;
  for (const id of [facts.id, ...result.toolCalls.map((one) => one.id)]) state.authors.note(caller.client, id, author);
  call.noteChanges(result.changes, dropped);
  call.noteResult(result);
  call.end(200);
  return Response.json(toCompletion(result, facts), { headers: answerHeaders(call) });
}
