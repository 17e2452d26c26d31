import type { Definition, Provider, ProviderOptions, ToolCall } from "@llm-provider/core";
import { providerIn } from "@llm-provider/testing/command";
import { checkAnswer } from "../check/check-answer.ts";
import type { CheckResult, RunResult } from "../results/results.ts";
import { planRuns } from "../run/plan-runs.ts";
import { runComparison } from "../run/run-comparison.ts";
import type { Suite, Task } from "../suite/suite.ts";
import { toGrading, tokensOf, type GradingResult, type TokenUsage } from "./evaluate-summary.ts";

/** The part of promptfoo's context that the provider and the assertion use. */
export interface PromptfooContext {
  readonly vars: { readonly task?: unknown };
  /** The provider's response. promptfoo sets it only for assertions. */
  readonly providerResponse?: { readonly metadata?: { readonly run?: RunResult } };
}

/** An answer as promptfoo expects it from a provider. */
export interface PromptfooResponse {
  readonly output?: string;
  readonly error?: string;
  readonly cost?: number;
  readonly latencyMs?: number;
  readonly tokenUsage?: TokenUsage;
  readonly metadata?: { readonly run: RunResult };
}

/** The provider that the exported `provider.mjs` hands to promptfoo. */
export interface PromptfooProvider {
  id(): string;
  callApi(
    prompt: string,
    context: PromptfooContext,
    options?: { readonly abortSignal?: AbortSignal },
  ): Promise<PromptfooResponse>;
}

/**
 * Creates a promptfoo provider that asks tasks the way a comparison does: with their system prompt, tools and parameters, with
 * retries, and with the key removed from answers.
 * @param suite The content of the exported `suite.json`.
 * @param name `provider:model`.
 * @param module The exports of the provider's package.
 */
export function createPromptfooProvider(
  suite: Suite,
  name: string,
  module: Readonly<Record<string, unknown>>,
  options: ProviderOptions = {},
): PromptfooProvider {
  const factory = providerIn(module, `The package of ${name}`);
  if (!factory)
    throw new Error(`The package of ${name} exports no provider. A provider is what \`defineProvider\` returns.`);
  const { definition } = factory;
  const model = name.slice(name.indexOf(":") + 1);
  const provider: Provider = factory(options);
  const secrets = secretsOf(definition, options);
  return {
    id: () => name,
    async callApi(_, { vars }, { abortSignal } = {}) {
      const task = { ...taskNamed(suite, vars.task), checks: [] };
      const plan = planRuns({ name: suite.name, tasks: [task] }, [{ name, provider, definition, model }], 1);
      const { runs } = await runComparison(plan, {
        concurrency: 1,
        secrets,
        ...(abortSignal && { signal: abortSignal }),
      });
      const run = runs[0];
      if (!run) return { error: "aborted: The evaluation was stopped." };
      if (run.error) return { error: `${run.error.code}: ${run.error.message} ${run.error.hint ?? ""}`.trim() };
      const { answer = "", cost, ms } = run;
      return {
        output: answer,
        tokenUsage: tokensOf([run]),
        latencyMs: ms,
        ...(cost !== undefined && { cost }),
        metadata: { run },
      };
    },
  };
}

/** Checks an answer the way a comparison does. Code that a model wrote runs in the sandbox. */
export async function gradeForPromptfoo(
  suite: Suite,
  output: unknown,
  context: PromptfooContext,
): Promise<GradingResult> {
  const run = context.providerResponse?.metadata?.run;
  const { checks } = taskNamed(suite, context.vars.task);
  const text = typeof output === "string" ? output : JSON.stringify(output);
  const result = {
    text,
    finishReason: (run?.finishReason ?? "stop") as "stop",
    toolCalls: (run?.toolCalls ?? []).map((call, index): ToolCall => ({ id: `call_${index}`, ...call })),
  };
  const checked: CheckResult[] = [];
  for (const check of checks)
    checked.push(
      await checkAnswer(check, { result, ms: run?.ms ?? 0, ...(run?.cost !== undefined && { cost: run.cost }) }),
    );
  return toGrading(checked);
}

function taskNamed(suite: Suite, id: unknown): Task {
  const task = suite.tasks.find((candidate) => candidate.id === id);
  if (!task) throw new Error(`suite.json has no task ${JSON.stringify(id)}. Export the comparison again.`);
  return task;
}

function secretsOf({ auth }: Definition, { apiKey }: ProviderOptions): string[] {
  const inEnvironment = auth === "none" ? undefined : process.env[auth.env];
  return [apiKey, inEnvironment].filter((key) => typeof key === "string");
}
