import { type ChatResult, ProviderError, type Usage } from "@llm-provider/core";
import { dearestCost } from "@llm-provider/core/internal";
import type { RunResult } from "../results/results.ts";
import { type Contender, isFree, type PlannedRun } from "./plan-runs.ts";

/** An answer or an error, and what it took. Its checks have not been looked at. */
export interface Asked {
  readonly facts: Omit<RunResult, "model" | "task" | "run" | "outcome" | "checks">;
  /** Absent: there is an error. */
  readonly result?: ChatResult;
  /** Milliseconds to wait before the provider is asked anything again. */
  readonly pause?: number;
  /** The request was refused for a reason that may pass. */
  readonly mayAskAgain?: true;
}

/** Milliseconds that one answer may take in all. */
const longest = 10 * 60_000;
/** Characters of an answer that are kept. */
const mostKept = 1_000_000;
/** A longer wait is not kept: the request fails, and is counted so. */
const longestPause = 60_000;
/** Milliseconds before a request is sent again, where the endpoint does not say how long. */
const usualPause = 1000;

/**
 * Asks one model one task. An error of the endpoint is a fact like any other.
 * @throws ProviderError with the code `aborted`, where the signal stopped it.
 */
export async function askModel({ contender, request }: PlannedRun, signal: AbortSignal | undefined): Promise<Asked> {
  const began = performance.now();
  const time = AbortSignal.timeout(longest);
  let firstContentMs: number | undefined;
  try {
    // Waits between attempts are not part of the model's time, so the comparison keeps them itself.
    const stream = contender.provider.stream(request, {
      signal: signal ? AbortSignal.any([signal, time]) : time,
      maxRetries: 0,
    });
    for await (const { type } of stream)
      if (type !== "start" && type !== "finish") firstContentMs ??= performance.now() - began;
    const result = await stream.result;
    const ms = performance.now() - began;
    const pause = pauseAfter(result);
    return {
      facts: { ...factsOf(contender, result), ms, ...(firstContentMs !== undefined && { firstContentMs }) },
      result,
      ...(pause !== undefined && { pause }),
    };
  } catch (error) {
    if (signal?.aborted) throw error;
    const ms = performance.now() - began;
    if (time.aborted) {
      const message = `The answer did not end within ${longest / 60_000} minutes.`;
      return { facts: { ms, error: { code: "timeout", message } } };
    }
    if (!ProviderError.is(error)) throw error;
    const { code, message, hint, retryable, retryAfter = usualPause, partial } = error;
    const mayAskAgain = retryable && firstContentMs === undefined && retryAfter <= longestPause;
    return {
      facts: {
        ms,
        error: { code, message, ...(hint !== undefined && { hint }) },
        ...(partial?.text && { answer: partial.text.slice(0, mostKept) }),
        ...(firstContentMs !== undefined && { firstContentMs }),
      },
      ...(mayAskAgain && { pause: retryAfter, mayAskAgain }),
    };
  }
}

function factsOf(
  contender: Contender,
  result: ChatResult,
): Omit<RunResult, "model" | "task" | "run" | "outcome" | "checks" | "ms"> {
  const { text, reasoning, toolCalls, finishReason, usage, changes } = result;
  return {
    ...(usage && { usage }),
    ...costOf(contender, usage),
    answer: text.slice(0, mostKept),
    ...(reasoning !== "" && { reasoning: reasoning.slice(0, mostKept) }),
    ...(toolCalls.length > 0 && {
      toolCalls: toolCalls.map(({ name, arguments: given }) => ({ name, arguments: given })),
    }),
    finishReason,
    ...(changes.length > 0 && { changes: changes.map(({ parameter, reason }) => `${parameter}: ${reason}`) }),
  };
}

function costOf(contender: Contender, usage: Usage | undefined): Pick<RunResult, "cost" | "costIsAtMost"> {
  if (usage?.cost !== undefined) return { cost: usage.cost };
  if (isFree(contender)) return { cost: 0 };
  const cost = usage && dearestCost(contender, usage.inputTokens, usage.outputTokens);
  return cost === undefined ? {} : { cost, costIsAtMost: true };
}

/** A limit that is used up is waited for, where its headers say how long. */
function pauseAfter({ response: { limits } }: ChatResult): number | undefined {
  const waits = [limits?.requests, limits?.tokens].flatMap((limit) =>
    limit?.remaining === 0 && limit.reset !== undefined && limit.reset <= longestPause ? [limit.reset] : [],
  );
  return waits.length === 0 ? undefined : Math.max(...waits);
}
