import type { AimedTarget, FallbackHooks } from "./fallback-hooks.ts";
import type { ErrorCode } from "../chat/error-code.ts";
import { modelInfo } from "../definition/model-info.ts";
import type { ProviderError } from "../errors/provider-error.ts";

/** Who failed and why, as `result.metadata.fallback` lists it. */
export type Failure = { provider: string; model: string; code: ErrorCode; message: string };

/** Failures that another endpoint may not share. */
const movable: ReadonlySet<ErrorCode> = new Set(["rate-limit", "overloaded", "server", "network", "timeout", "quota"]);

/** The targets that one call may still ask, and those that failed it. */
export class TargetQueue {
  readonly failures: Failure[] = [];
  readonly #hooks: FallbackHooks;
  #left: AimedTarget[];
  /** The targets for the next round, each with its error. */
  #again: { target: AimedTarget; error: ProviderError }[] = [];
  #roundsLeft: number;
  /** Tokens: the request did not fit into a context of this size. */
  #tooSmall = 0;

  constructor(targets: readonly AimedTarget[], hooks: FallbackHooks) {
    this.#left = [...targets];
    this.#hooks = hooks;
    this.#roundsLeft = hooks.rounds ?? 1;
  }

  /** The next target of this round, if there is one. */
  take(): AimedTarget | undefined {
    for (;;) {
      const target = this.#left.shift();
      if (!target || this.#mayFit(target)) return target;
    }
  }

  #mayFit(target: AimedTarget): boolean {
    return this.#tooSmall === 0 || (contextOf(target) ?? 0) > this.#tooSmall;
  }

  /** Notes a failure. False if the request would fail everywhere. */
  fail(failed: AimedTarget, error: ProviderError): boolean {
    const { provider, model } = failed;
    this.failures.push({ provider: provider.id, model, code: error.code, message: error.message });
    const context = error.code === "context-overflow" ? contextOf(failed) : undefined;
    if (context !== undefined) this.#tooSmall = Math.max(this.#tooSmall, context);
    else if (!(this.#hooks.movesOn?.(error) ?? movable.has(error.code))) return false;
    if (error.retryable) this.#again.push({ target: failed, error });
    return true;
  }

  /** Begins another round. Returns the milliseconds to wait before it; undefined if there is no further round. */
  nextRound(): number | undefined {
    const again = this.#again.filter(({ target }) => this.#mayFit(target));
    if (this.#roundsLeft <= 1 || again.length === 0) return undefined;
    this.#roundsLeft--;
    this.#left = again.map(({ target }) => target);
    this.#again = [];
    return this.#hooks.pause ? this.#hooks.pause(again) : 0;
  }
}

/** Tokens that the target's model takes, if its catalogue knows. */
function contextOf({ provider: { definition }, model }: AimedTarget): number | undefined {
  return definition && modelInfo(definition, model)?.context;
}
