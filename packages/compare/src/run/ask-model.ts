import { type ChatResult, ProviderError, type Usage } from "@llm-provider/core";
import { dearestCost } from "@llm-provider/core/internal";
import type { RunResult } from "../results/results.ts";
import { type Contender, isFree, type PlannedRun } from "./plan-runs.ts";

/** An answer or an error with its measurements, before any check. */
export interface Asked {
  readonly facts: Omit<RunResult, "model" | "task" | "run" | "outcome" | "checks">;
  /** Absent after an error. */
  readonly result?: ChatResult;
  /** Milliseconds to wait before the next request to this provider. */
  readonly pause?: number;
  /** The error may be temporary, so the request may be sent again. */
  readonly mayAskAgain?: true;
}

/** Milliseconds that one answer may take. */
const longest = 10 * 60_000;
/** How many characters of an answer are kept. */
const mostKept = 1_000_000;
/** Milliseconds. If the endpoint asks for a longer wait, the request counts as failed. */
const longestPause = 60_000;
/** Milliseconds to wait before a retry if the endpoint names no time. */
const usualPause = 1000;

/**
 * Asks one model one task. An error from the endpoint is returned, not thrown.
 * @throws ProviderError with the code `aborted` if the signal stopped the request.
 */
export async function askModel({ contender, request }: PlannedRun, signal: AbortSignal | undefined): Promise<Asked> {
  const began = performance.now();
  const time = AbortSignal.timeout(longest);
  let firstContentMs: number | undefined;
  try {
    // The comparison retries itself, since waits between attempts must not count as the model's time.
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

/** How long to wait if the rate-limit headers say that a limit is used up. */
function pauseAfter({ response: { limits } }: ChatResult): number | undefined {
  const waits = [limits?.requests, limits?.tokens].flatMap((limit) =>
    limit?.remaining === 0 && limit.reset !== undefined && limit.reset <= longestPause ? [limit.reset] : [],
  );
  return waits.length === 0 ? undefined : Math.max(...waits);
}
