import type { Writable } from "node:stream";
import { type ChatRequest, type ChatResult, type EmbedRequest, type Provider, ProviderError } from "@llm-provider/core";
import { createFallback } from "@llm-provider/core/internal";
import type { Recording } from "../recording/recording.ts";
import type { AuthorMemory } from "./author-memory.ts";
import type { Latency } from "./target.ts";

/** The sender of a request, as the targets see it. */
export interface Caller {
  /** The client's name, if clients have names. */
  readonly client: string | undefined;
  /** Returns a header of the request. */
  readonly header: (name: string) => string | undefined;
  /** The body of the request, as text. */
  readonly sent?: string;
  /** Set if the request is repeated: the id of the original, and the only target to ask, if one was chosen. */
  readonly replay?: { readonly of: string; readonly target?: string };
  /** The recording of the request for the inspector. Set after the request has started. */
  recording?: Recording;
}

/** The destination of an answer: a response of Node's server, or a stream that nobody reads. */
export interface Outgoing extends Writable {
  writeHead(status: number, headers: Readonly<Record<string, string>>): unknown;
}

/** A caller over HTTP, and the destination of its answer. */
export interface HttpCaller extends Caller {
  readonly outgoing: Outgoing;
}

/** The field that passes the caller to a wrapped provider. It is a symbol, so it is never sent. */
export const callerField: unique symbol = Symbol("caller");

/** A request inside the gateway. */
export type GatewayRequest = ChatRequest & { [callerField]?: Caller };

interface Wrapping {
  /** The target's name. */
  readonly name: string;
  /** Headers of the caller's request that the gateway passes on. */
  readonly forward: readonly string[];
  readonly authors: AuthorMemory;
  readonly latency: Latency;
  /** The timeout for the first content, in milliseconds. */
  readonly firstContent: number;
}

/**
 * Wraps a provider for the gateway. It marks messages with their authors and reads even whole answers as streams. A stream
 * shows early that a target is silent, while the headers of a long whole answer may take minutes. If a target breaks off,
 * the gateway can still try the next one.
 */
export function wrapProvider(provider: Provider, wrapping: Wrapping): Provider {
  const { name, forward, authors, latency, firstContent } = wrapping;
  const wrapped: Provider = {
    ...provider,
    stream(request: GatewayRequest, options) {
      const { [callerField]: caller, ...rest } = request;
      const messages = authors.mark(caller?.client, request.messages, name, provider.id);
      const own = { ...rest, messages } as ChatRequest;
      return provider.stream(own, { ...options, ...withHeaders(forward, caller), ...recorded(caller, own) });
    },
    embed(request, options) {
      const { [callerField]: caller, ...rest } = request as EmbedRequest & Pick<GatewayRequest, typeof callerField>;
      const own = rest as EmbedRequest;
      return provider.embed(own, { ...options, ...withHeaders(forward, caller), ...recorded(caller, own) });
    },
    async chat(request, options) {
      const began = performance.now();
      const settle = (_: unknown, error?: unknown): void => void (error ?? measure(latency, performance.now() - began));
      const result = await createFallback([wrapped], { firstContent, settle }).stream(request, options).result;
      refuseErrorEnd(result, provider.id);
      return result;
    },
  };
  return wrapped;

  function recorded(caller: Caller | undefined, request: ChatRequest | EmbedRequest): object | undefined {
    const { definition } = provider;
    return caller?.recording?.attempt({ name, provider, request, ...(definition && { definition }) });
  }
}

/** @throws ProviderError if the finish reason is an error, so that the answer does not count as a success. */
export function refuseErrorEnd(
  { finishReason, rawFinishReason = finishReason }: Pick<ChatResult, "finishReason" | "rawFinishReason">,
  provider: string,
): void {
  if (finishReason !== "error") return;
  throw new ProviderError(`The answer ended with the finish reason ${JSON.stringify(rawFinishReason.slice(0, 100))}.`, {
    code: "server",
    provider,
    retryable: true,
    hint: "The endpoint broke off and gave no reason: try again, or ask another target.",
  });
}

function withHeaders(forward: readonly string[], caller: Caller | undefined): { headers?: Record<string, string> } {
  if (!caller || forward.length === 0) return {};
  const headers = forward.flatMap((name) => {
    const value = caller.header(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return headers.length === 0 ? {} : { headers: Object.fromEntries(headers) };
}

/** The number of latencies that the inspector shows for each target. */
const mostLatencies = 50;

/** Records a target's time to first content. */
export function measure(latency: Latency, milliseconds: number): void {
  latency.average = latency.average === undefined ? milliseconds : latency.average * 0.7 + milliseconds * 0.3;
  latency.at = Date.now();
  latency.last.push(milliseconds);
  if (latency.last.length > mostLatencies) latency.last.shift();
}
