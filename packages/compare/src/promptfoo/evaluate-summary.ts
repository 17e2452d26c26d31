import { createHash } from "node:crypto";
import type { CheckResult, Results, RunResult } from "../results/results.ts";

/*
 * promptfoo's results, as version 0.123.1 declares them (EvaluateSummaryV3 and the types it uses, read 2026-11-29): the
 * required fields, and the optional ones that our results can fill.
 */

export interface EvaluateSummary {
  readonly version: 3;
  readonly timestamp: string;
  /** A column for each model. */
  readonly prompts: readonly CompletedPrompt[];
  readonly results: readonly EvaluateResult[];
  readonly stats: {
    readonly successes: number;
    readonly failures: number;
    readonly errors: number;
    readonly tokenUsage: TokenUsage;
  };
}

interface CompletedPrompt {
  readonly id: string;
  readonly raw: string;
  readonly label: string;
  readonly provider: string;
  readonly metrics: {
    readonly score: number;
    readonly testPassCount: number;
    readonly testFailCount: number;
    readonly testErrorCount: number;
    readonly assertPassCount: number;
    readonly assertFailCount: number;
    readonly totalLatencyMs: number;
    readonly tokenUsage: TokenUsage;
    readonly namedScores: { readonly [name: string]: number };
    readonly namedScoresCount: { readonly [name: string]: number };
    readonly cost: number;
  };
}

interface EvaluateResult {
  readonly promptIdx: number;
  readonly testIdx: number;
  readonly testCase: { readonly description: string; readonly vars: { readonly task: string } };
  readonly promptId: string;
  readonly provider: { readonly id: string; readonly label: string };
  readonly prompt: { readonly raw: string; readonly label: string };
  readonly vars: { readonly task: string };
  readonly response?: { readonly output: string; readonly tokenUsage: TokenUsage; readonly cost?: number };
  /** The endpoint's error, or the reason why an assertion failed. */
  readonly error?: string;
  /** 0: none. 1: an assertion failed. 2: an error. */
  readonly failureReason: 0 | 1 | 2;
  readonly success: boolean;
  readonly score: number;
  readonly latencyMs: number;
  readonly gradingResult?: GradingResult;
  readonly namedScores: { readonly [name: string]: number };
  readonly cost?: number;
  readonly tokenUsage: TokenUsage;
}

/** The result of an assertion. */
export interface GradingResult {
  readonly pass: boolean;
  readonly score: number;
  readonly reason: string;
  readonly componentResults?: readonly GradingResult[];
}

/** How promptfoo counts tokens. */
export interface TokenUsage {
  readonly prompt: number;
  readonly completion: number;
  readonly cached: number;
  readonly total: number;
  readonly numRequests: number;
  readonly completionDetails: {
    readonly reasoning: number;
    readonly acceptedPrediction: number;
    readonly rejectedPrediction: number;
  };
  readonly assertions: Omit<TokenUsage, "assertions">;
}

/** The only prompt in the configuration: the id of the task, which the provider looks up in `suite.json`. */
export const promptText = "{{task}}";

/** promptfoo identifies a prompt by the hash of its text. */
const promptId = createHash("sha256").update(promptText).digest("hex");

/** The results in promptfoo's format. */
export function toEvaluateSummary({ date, suite, models, runs, runsPerTask }: Results): EvaluateSummary {
  const places = new Map(suite.tasks.map(({ id }, index) => [id, index]));
  const columns = new Map(models.map(({ model }, index) => [model, index]));
  const known = runs.filter(({ model, task }) => places.has(task) && columns.has(model));
  return {
    version: 3,
    timestamp: date,
    prompts: models.map(({ model }) =>
      toPrompt(
        model,
        known.filter((run) => run.model === model),
      ),
    ),
    results: known.map((run) => {
      const place = places.get(run.task)!;
      const { prompt } = suite.tasks[place]!;
      // promptfoo numbers all repeats of a test before the next test.
      return {
        promptIdx: columns.get(run.model)!,
        testIdx: place * runsPerTask + run.run - 1,
        ...toResult(run, prompt),
      };
    }),
    stats: {
      successes: count(known, "pass"),
      failures: count(known, "fail", "refusal"),
      errors: count(known, "error"),
      tokenUsage: tokensOf(known),
    },
  };
}

function toPrompt(model: string, runs: readonly RunResult[]): CompletedPrompt {
  const checks = runs.flatMap((run) => run.checks);
  return {
    id: promptId,
    raw: promptText,
    label: promptText,
    provider: model,
    metrics: {
      score: count(runs, "pass"),
      testPassCount: count(runs, "pass"),
      testFailCount: count(runs, "fail", "refusal"),
      testErrorCount: count(runs, "error"),
      assertPassCount: checks.filter(({ pass }) => pass).length,
      assertFailCount: checks.filter(({ pass }) => !pass).length,
      totalLatencyMs: runs.reduce((sum, { ms }) => sum + ms, 0),
      tokenUsage: tokensOf(runs),
      namedScores: {},
      namedScoresCount: {},
      cost: runs.reduce((sum, { cost = 0 }) => sum + cost, 0),
    },
  };
}

function toResult(run: RunResult, prompt: string): Omit<EvaluateResult, "promptIdx" | "testIdx"> {
  const { model, task, outcome, checks, error, cost, ms, answer = "" } = run;
  const tokenUsage = tokensOf([run]);
  const grading = toGrading(checks);
  const vars = { task };
  return {
    testCase: { description: task, vars },
    promptId,
    provider: { id: model, label: model },
    prompt: { raw: prompt, label: promptText },
    vars,
    ...(error
      ? { error: `${error.code}: ${error.message}`, failureReason: 2 }
      : {
          response: { output: answer, tokenUsage, ...(cost !== undefined && { cost }) },
          ...(outcome === "pass" ? { failureReason: 0 } : { failureReason: 1, error: grading.reason }),
          gradingResult: grading,
        }),
    success: outcome === "pass",
    score: outcome === "pass" ? 1 : 0,
    latencyMs: ms,
    namedScores: {},
    ...(cost !== undefined && { cost }),
    tokenUsage,
  };
}

/** Combines the checks of an answer. The reason is that of the first failed check. */
export function toGrading(checks: readonly CheckResult[]): GradingResult {
  const parts = checks.map(({ name, pass, reason }) => grade(pass, pass ? name : `${name}: ${reason ?? "no"}`));
  const failed = parts.find(({ pass }) => !pass);
  return { ...grade(!failed, failed?.reason ?? "All checks passed."), componentResults: parts };
}

function grade(pass: boolean, reason: string): GradingResult {
  return { pass, score: pass ? 1 : 0, reason };
}

/** The token usage of these runs in promptfoo's format. */
export function tokensOf(runs: readonly RunResult[]): TokenUsage {
  const sum = (read: (usage: NonNullable<RunResult["usage"]>) => number | undefined): number =>
    runs.reduce((total, { usage }) => total + ((usage && read(usage)) ?? 0), 0);
  const tokens = {
    prompt: sum(({ inputTokens }) => inputTokens),
    completion: sum(({ outputTokens }) => outputTokens),
    cached: sum(({ cachedInputTokens }) => cachedInputTokens),
    total: sum(({ totalTokens }) => totalTokens),
    numRequests: runs.length,
    completionDetails: {
      reasoning: sum(({ reasoningTokens }) => reasoningTokens),
      acceptedPrediction: 0,
      rejectedPrediction: 0,
    },
  };
  const none = { reasoning: 0, acceptedPrediction: 0, rejectedPrediction: 0 };
  return {
    ...tokens,
    assertions: { prompt: 0, completion: 0, cached: 0, total: 0, numRequests: 0, completionDetails: none },
  };
}

function count(runs: readonly RunResult[], ...outcomes: readonly RunResult["outcome"][]): number {
  return runs.filter(({ outcome }) => outcomes.includes(outcome)).length;
}
