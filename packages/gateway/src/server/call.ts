import { randomUUID } from "node:crypto";
import type { ChatRequest, ChatResult, ProviderError } from "@llm-provider/core";
import type { AimedTarget, FallbackHooks } from "@llm-provider/core/internal";
import { statusOf } from "../answer/to-error.ts";
import type { Lease } from "../health/target-health.ts";
import type { AttemptRecord, RequestRecord } from "../log/request-record.ts";
import type { GatewayTarget } from "../target/target.ts";
import type { Caller } from "../target/wrap-provider.ts";
import type { GatewayState } from "./gateway-state.ts";
import { pauseBefore } from "./pause-before.ts";
import { refuseAll } from "./refuse-all.ts";

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Codes of failures before anything was sent, where the endpoint gave no status. */
const unsent: ReadonlySet<string> = new Set(["missing-key", "invalid-request", "unsupported-parameter"]);

/** Characters of an endpoint's words that are kept: 200 requests are. */
const longestMessage = 1000;

/** One request on its way over the targets: asks their health, writes its record. */
export class Call {
  readonly id: string = `req_${randomUUID().replaceAll("-", "")}`;
  readonly record: Writable<RequestRecord>;
  readonly attempts: AttemptRecord[] = [];
  /** The target that answers. */
  target: GatewayTarget | undefined;
  readonly #state: GatewayState;
  readonly #chain: readonly GatewayTarget[];
  readonly #began = performance.now();
  readonly #leases = new Map<number, { lease: Lease; at: number }>();

  constructor(
    state: GatewayState,
    chain: readonly GatewayTarget[],
    asked: { caller: Caller; path: string; model: string; isStream: boolean },
  ) {
    const { caller, path, model, isStream } = asked;
    this.#state = state;
    this.#chain = chain;
    this.record = {
      id: this.id,
      time: new Date().toISOString(),
      ...(caller.client !== undefined && { client: caller.client }),
      path,
      model,
      isStream,
      attempts: this.attempts,
    };
    state.log.add(this.record);
  }

  /** What the engine asks and tells. */
  hooks(): FallbackHooks {
    const { timeouts, rounds } = this.#state.config;
    return {
      firstContent: timeouts.firstContent,
      rounds,
      movesOn: ({ code }) => !staysPut.has(code),
      admit: (aimed) => this.#admit(aimed),
      settle: (aimed, error) => this.#settle(aimed, error),
      pause: (again) => pauseBefore(again.map(({ target, error }) => ({ target: this.#chain[target.index]!, error }))),
      refuse: () => refuseAll(this.record.model, this.#chain),
    };
  }

  /** Milliseconds since the request came. */
  get elapsed(): number {
    return performance.now() - this.#began;
  }

  /** How often a request was sent to a target. */
  get sent(): number {
    return this.attempts.filter(({ isSent }) => isSent).length;
  }

  #admit({ index }: AimedTarget): boolean {
    const lease = this.#chain[index]!.health.admit();
    if (lease) this.#leases.set(index, { lease, at: this.elapsed });
    return lease !== undefined;
  }

  #settle({ index }: AimedTarget, error: ProviderError | undefined): void {
    const target = this.#chain[index]!;
    const { lease, at } = this.#leases.get(index)!;
    this.record.target = target.name;
    const ms = this.elapsed - at;
    if (target.health.settle(lease, error))
      this.#state.warn(`${target.name} is out until the configuration changes: ${error!.message} ${error!.hint ?? ""}`);
    if (!error) this.target = target;
    this.attempts.push({
      target: target.name,
      at,
      ms,
      isSent: !error || error.status !== undefined || !unsent.has(error.code),
      ...(error && {
        code: error.code,
        message: error.message.slice(0, longestMessage),
        ...(error.status !== undefined && { status: error.status }),
        ...(error.hint !== undefined && { hint: error.hint }),
        ...(error.retryAfter !== undefined && { retryAfter: error.retryAfter }),
      }),
    });
  }

  /** What the whole answer says. */
  noteResult({ usage, finishReason }: ChatResult): void {
    if (usage) this.record.usage = usage;
    this.record.finishReason = finishReason;
  }

  /** The request has ended: with a whole answer, or with an error before or in the middle of it. */
  end(status: number, error?: ProviderError): void {
    if (this.record.total !== undefined) return;
    this.record.status = status;
    this.record.total = this.elapsed;
    if (error) {
      const { code, hint } = error;
      const message = error.message.slice(0, longestMessage);
      this.record.error = { code, message, ...(hint !== undefined && { hint }) };
    }
    this.#state.log.end(this.record);
  }

  /** An answer that had begun broke off: its status was sent long ago. */
  breakOff(error: ProviderError): void {
    this.target?.health.breakOff(error);
    this.end(error.code === "aborted" ? 499 : statusOf(error), error);
  }
}

/** Errors that the next target would give too. */
const staysPut: ReadonlySet<ProviderError["code"]> = new Set([
  "aborted",
  "invalid-request",
  "unsupported-parameter",
  "context-overflow",
  "content-filter",
  "tool-failed",
]);

/** Characters of a request, to estimate its tokens: those of its messages and tools. */
export function charactersOf({ messages, tools }: ChatRequest): number {
  return JSON.stringify([messages, tools]).length;
}
