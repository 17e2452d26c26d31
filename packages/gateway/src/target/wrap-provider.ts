import type { Writable } from "node:stream";
import { type ChatRequest, type ChatResult, type EmbedRequest, type Provider, ProviderError } from "@llm-provider/core";
import { createFallback } from "@llm-provider/core/internal";
import type { Recording } from "../recording/recording.ts";
import type { AuthorMemory } from "./author-memory.ts";
import type { Latency } from "./target.ts";

/** The sender of a request, for the targets. */
export interface Caller {
  /** The client's name, if clients have names. */
  readonly client: string | undefined;
  /** A header of the request. */
  readonly header: (name: string) => string | undefined;
  /** What it sent, as text. */
  readonly sent?: string;
  /** Where the request is repeated: the id of the first one, and the target that is asked instead of all. */
  readonly replay?: { readonly of: string; readonly target?: string };
  /** What is kept of the request for the inspector, once it is under way. */
  recording?: Recording;
}

/** What an answer is written to: the response of Node's server, or nothing that anybody reads. */
export interface Outgoing extends Writable {
  writeHead(status: number, headers: Readonly<Record<string, string>>): unknown;
}

/** A caller over HTTP, and the output for its answer. */
export interface HttpCaller extends Caller {
  readonly outgoing: Outgoing;
}

/** The field that names the caller to a wrapped provider. A symbol is never sent. */
export const callerField: unique symbol = Symbol("caller");

/** A request inside the gateway. */
export type GatewayRequest = ChatRequest & { [callerField]?: Caller };

interface Wrapping {
  /** The target's name. */
  readonly name: string;
  /** Headers of the caller's request that are passed on. */
  readonly forward: readonly string[];
  readonly authors: AuthorMemory;
  readonly latency: Latency;
  /** Milliseconds. */
  readonly firstContent: number;
}

/**
 * A provider for the gateway: messages are marked with their authors, and a whole answer is read as a stream. So silence is
 * noticed at once, although the headers of a long whole answer may take minutes, and a target that breaks off can
 * still be replaced by the next.
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

/** @throws ProviderError for an answer whose finish reason is an error: it must not count as a good one. */
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

/** Of one target, for the inspector. */
const mostLatencies = 50;

/** Takes up how long a target took to its first content. */
export function measure(latency: Latency, milliseconds: number): void {
  latency.average = latency.average === undefined ? milliseconds : latency.average * 0.7 + milliseconds * 0.3;
  latency.at = Date.now();
  latency.last.push(milliseconds);
  if (latency.last.length > mostLatencies) latency.last.shift();
}
