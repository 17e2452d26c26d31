import type { ErrorCode } from "../chat/error-code.ts";
import type { Provider } from "./provider.ts";
import type { ProviderError } from "../errors/provider-error.ts";

/** One target as it is asked: its place in the caller's list, and the model that it gets. */
export interface AimedTarget {
  readonly provider: Provider;
  readonly model: string;
  readonly index: number;
}

/** Who failed and why, as `result.metadata.fallback` lists it. */
export type Failure = { provider: string; model: string; code: ErrorCode; message: string };

/** Failures that another endpoint may not share. */
const movable: ReadonlySet<ErrorCode> = new Set(["rate-limit", "overloaded", "server", "network", "timeout", "quota"]);

/** The targets that one call may still ask, and those that failed it. */
export class TargetQueue {
  readonly failures: Failure[] = [];
  #left: AimedTarget[];
  /** Those that the next round asks again. */
  #again: AimedTarget[] = [];
  #roundsLeft: number;
  /** Tokens: the request did not fit into a context of this size. */
  #tooSmall = 0;

  constructor(targets: readonly AimedTarget[], rounds: number) {
    this.#left = [...targets];
    this.#roundsLeft = rounds;
  }

  /** The next target, if there is one. */
  take(): AimedTarget | undefined {
    for (;;) {
      if (this.#left.length === 0 && this.#roundsLeft > 1) {
        this.#roundsLeft--;
        this.#left = this.#again;
        this.#again = [];
      }
      const target = this.#left.shift();
      if (!target || this.#tooSmall === 0 || (contextOf(target) ?? 0) > this.#tooSmall) return target;
    }
  }

  /** The target to ask after this one failed; nobody where the request would fail everywhere, or all have been asked. */
  takeAfter(failed: AimedTarget, error: ProviderError): AimedTarget | undefined {
    const context = error.code === "context-overflow" ? contextOf(failed) : undefined;
    if (context !== undefined) this.#tooSmall = Math.max(this.#tooSmall, context);
    else if (!movable.has(error.code)) return undefined;
    if (error.retryable) this.#again.push(failed);
    const next = this.take();
    const { provider, model } = failed;
    if (next) this.failures.push({ provider: provider.id, model, code: error.code, message: error.message });
    return next;
  }
}

/** Tokens that the target's model takes, where its catalogue knows. */
function contextOf({ provider: { definition }, model }: AimedTarget): number | undefined {
  const info = definition && Object.hasOwn(definition.models, model) ? definition.models[model] : undefined;
  return info?.context;
}
