import type { Attempt, Provider } from "./provider.ts";
import type { ChatRequest } from "../chat/chat-request.ts";
import type { ProviderError } from "../errors/provider-error.ts";

/** A provider, which gets the request's model, or a provider with the model to ask there. */
// oxlint-disable-next-line typescript/no-explicit-any -- any provider will do
export type Target = Provider<any, any> | { provider: Provider<any, any>; model: string };

/** How a fallback chooses, and how long it waits. */
export interface FallbackOptions {
  /**
   * Milliseconds to the first text, reasoning, image or tool call of a stream. A target that is silent for longer is cancelled,
   * and the next one is asked. A whole answer (`chat`) has no first content: bound it with the `timeout` of its provider.
   * @default none
   */
  firstContent?: number;
  /**
   * How many rounds to go through the list. From the second round on, only targets with a retryable error are asked again. No wait
   * is added: providers wait by themselves before they retry.
   * @default 1
   */
  rounds?: number;
  /** Which targets to ask for this request, and in which order. Every one must be of the list that `withFallback` was given. For `embed`, `messages` is empty. */
  order?: (request: ChatRequest, targets: readonly Target[]) => readonly Target[];
  /** Called after every HTTP request with the target's place in the list, from 0. Its exceptions are dropped. */
  onAttempt?: (attempt: Attempt & { target: number }) => void;
}

/** One target for a request: its place in the caller's list, and the model that it gets. */
export interface AimedTarget {
  readonly provider: Provider;
  readonly model: string;
  readonly index: number;
}

/** Decisions of a program with many requests, such as a gateway, beyond the options: who is healthy, and how long to wait. */
export interface FallbackHooks extends FallbackOptions {
  /**
   * Asked just before a target gets the request; false skips it.
   * @default every target is asked
   */
  admit?: (target: AimedTarget) => boolean | Promise<boolean>;
  /** Called once for each admitted target: with its error, or without one once its first content or its whole answer came. */
  settle?: (target: AimedTarget, error: ProviderError | undefined) => void;
  /**
   * May another target do better after this error?
   * @default by its code
   */
  movesOn?: (error: ProviderError) => boolean;
  /**
   * Milliseconds to wait before the failed targets are asked again; undefined ends the call with the last error.
   * @default 0
   */
  pause?: (again: readonly { target: AimedTarget; error: ProviderError }[]) => number | undefined;
  /** The error of a call for which no target was admitted. */
  refuse?: (request: { readonly model: string }) => ProviderError;
}
