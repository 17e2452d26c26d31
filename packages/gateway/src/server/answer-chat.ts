import { randomUUID } from "node:crypto";
import type { ChatEvent, ChatResult, ChatStream } from "@llm-provider/core";
import { createFallback, readBatches, type BatchReader } from "@llm-provider/core/internal";
import { ChunkWriter, type ChunkFacts } from "../answer/chunk-writer.ts";
import { toCompletion } from "../answer/to-completion.ts";
import { toErrorBody, toProviderError } from "../answer/to-error.ts";
import { orderTargets } from "../target/order-targets.ts";
import type { GatewayTarget, PublicModel } from "../target/target.ts";
import { callerField, measure, type Caller, type GatewayRequest } from "../target/wrap-provider.ts";
import { answerHeaders, droppedIn, errorResponse } from "./answer-headers.ts";
import { Call, charactersOf } from "./call.ts";
import type { GatewayState } from "./gateway-state.ts";
import { readModels, refusal, type JsonBody } from "./read-request.ts";

/** Parameters that no target gets, since an answer here has no place for what they ask for. */
const unserved: Readonly<Record<string, string>> = {
  logprobs: "The gateway does not hand on log probabilities.",
  top_logprobs: "The gateway does not hand on log probabilities.",
};

/** Answers `POST /v1/chat/completions`. */
export async function answerChat(
  state: GatewayState,
  body: JsonBody,
  caller: Caller,
  signal: AbortSignal,
): Promise<Response> {
  const models = readModels(body, state, caller.client);
  const { request, isStream, hasUsage, dropped } = readChat(body, caller);
  const chain = chainOf(models, request);
  const model = models.map(({ name }) => name).join(", ");
  const call = new Call(state, chain, { caller, path: "/v1/chat/completions", model, isStream });
  const provider = createFallback(
    chain.map((target) => ({ provider: target.provider, model: target.model })),
    call.hooks(),
  );
  const named: GatewayRequest = { ...request, model: models[0]!.name };
  try {
    if (!isStream) {
      const result = await provider.chat(named, { signal });
      return wholeAnswer(state, call, caller, result, dropped);
    }
    const stream = provider.stream(named, { signal });
    const reader = readBatches(stream);
    const first = (await reader.next()) ?? [];
    call.record.firstContent = call.elapsed;
    measure(call.target!.latency, call.attempts.at(-1)!.ms);
    call.record.dropped = [...dropped, ...droppedIn(reader.changes())];
    const facts = factsOf(first, call.target!, hasUsage);
    const source = new StreamSource({ state, call, caller, stream, reader, facts, signal });
    return new Response(source.body(first), {
      headers: {
        ...answerHeaders(call),
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-cache, no-transform",
        "x-accel-buffering": "no",
        // Node's server waits for no further piece then, and sends what there is.
        "transfer-encoding": "chunked",
      },
    });
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

/** The request as the targets get it. */
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
    // Counts that the caller did not ask for are still wanted for the log; core asks where an endpoint counts only then.
    ...(hasUsage && { stream_options: { include_usage: true } }),
    [callerField]: caller,
  } as GatewayRequest;
  return { request, isStream: stream === true, hasUsage, dropped };
}

/** The targets of all models that the request names, each once. */
function chainOf(models: readonly PublicModel[], request: GatewayRequest): GatewayTarget[] {
  const characters = models.some(({ route }) => route === "price") ? charactersOf(request) : 0;
  const chain = models.flatMap((model) => orderTargets(model, request, characters));
  return chain.filter((target, index) => chain.findIndex(({ health }) => health === target.health) === index);
}

function factsOf(events: readonly ChatEvent[], target: GatewayTarget, hasUsage: boolean): ChunkFacts {
  const start = events.find((event) => event.type === "start");
  return {
    id: start?.id || `chatcmpl-${randomUUID()}`,
    model: start?.model || target.model,
    created: Math.floor(Date.now() / 1000),
    hasUsage,
  };
}

function wholeAnswer(
  state: GatewayState,
  call: Call,
  caller: Caller,
  result: ChatResult,
  dropped: readonly string[],
): Response {
  const facts: ChunkFacts = {
    id: result.id || `chatcmpl-${randomUUID()}`,
    model: result.model || call.target!.model,
    created: Math.floor(Date.now() / 1000),
    hasUsage: true,
  };
  for (const id of [facts.id, ...result.toolCalls.map((one) => one.id)])
    state.authors.note(caller.client, id, call.target!.name);
  call.record.dropped = [...dropped, ...droppedIn(result.changes)];
  noteResult(call, result);
  call.end(200);
  return Response.json(toCompletion(result, facts), { headers: answerHeaders(call) });
}

function noteResult({ record }: Call, { usage, finishReason }: ChatResult): void {
  if (usage) record.usage = usage;
  record.finishReason = finishReason;
}

interface Streamed {
  readonly state: GatewayState;
  readonly call: Call;
  readonly caller: Caller;
  readonly stream: ChatStream;
  readonly reader: BatchReader;
  readonly facts: ChunkFacts;
  readonly signal: AbortSignal;
}

const encoder = new TextEncoder();

/** The body of a streamed answer: what one read of the target brought is one write. */
class StreamSource {
  readonly #streamed: Streamed;
  readonly #writer: ChunkWriter;

  constructor(streamed: Streamed) {
    this.#streamed = streamed;
    this.#writer = new ChunkWriter(streamed.facts);
    streamed.state.authors.note(streamed.caller.client, streamed.facts.id, streamed.call.target!.name);
  }

  body(first: readonly ChatEvent[]): ReadableStream<Uint8Array> {
    let events: readonly ChatEvent[] | undefined = first;
    let text = this.#writer.begin();
    return new ReadableStream(
      {
        pull: async (controller) => {
          let isLast = false;
          // A read may bring nothing that is written: the end of a call.
          while (text === "" || events) {
            const next = await this.#next(events);
            ({ isLast } = next);
            text += next.text;
            events = undefined;
            if (isLast) break;
          }
          controller.enqueue(encoder.encode(text));
          text = "";
          if (isLast) controller.close();
        },
        cancel: () => this.#leave(),
      },
      { highWaterMark: 0 },
    );
  }

  /** The text of the next read, or of the events that are given. */
  async #next(given: readonly ChatEvent[] | undefined): Promise<{ text: string; isLast: boolean }> {
    const { reader, stream, call } = this.#streamed;
    try {
      const events = given ?? (await reader.next());
      if (events) {
        this.#note(events);
        return { text: this.#writer.write(events), isLast: false };
      }
      const result = await stream.result;
      noteResult(call, result);
      call.end(200);
      return { text: this.#writer.end(result), isLast: true };
    } catch (thrown) {
      const error = toProviderError(thrown);
      call.breakOff(error);
      return { text: `data: ${JSON.stringify(toErrorBody(error, call.attempts))}\n\n`, isLast: true };
    }
  }

  #note(events: readonly ChatEvent[]): void {
    const { state, caller, call } = this.#streamed;
    for (const event of events)
      if (event.type === "tool-call-start") state.authors.note(caller.client, event.id, call.target!.name);
  }

  /** The client has gone. */
  #leave(): void {
    const { reader, call } = this.#streamed;
    reader.leave();
    call.end(499);
  }
}
