import type { Definition, Provider, ProviderOptions, ToolCall } from "@llm-provider/core";
import { providerIn } from "@llm-provider/testing/command";
import { checkAnswer } from "../check/check-answer.ts";
import type { CheckResult, RunResult } from "../results/results.ts";
import { planRuns } from "../run/plan-runs.ts";
import { runComparison } from "../run/run-comparison.ts";
import type { Suite, Task } from "../suite/suite.ts";
import { toGrading, tokensOf, type GradingResult, type TokenUsage } from "./evaluate-summary.ts";

/** What promptfoo hands to a provider and to an assertion, as far as these look at it. */
export interface PromptfooContext {
  readonly vars: { readonly task?: unknown };
  /** In an assertion: what the provider answered. */
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

/** The provider that an exported `provider.mjs` gives to promptfoo. */
export interface PromptfooProvider {
  id(): string;
  callApi(
    prompt: string,
    context: PromptfooContext,
    options?: { readonly abortSignal?: AbortSignal },
  ): Promise<PromptfooResponse>;
}

/**
 * Asks tasks of a suite as a comparison asks them: with their system prompt, tools and parameters, with retries, and without
 * any part of the key in an answer.
 * @param suite What `suite.json` of the export contains.
 * @param name `provider:model`.
 * @param module What the provider's package exports.
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

/** Checks an answer as the comparison does: code of a model runs in the sandbox. */
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
  const task = suite.tasks.find((one) => one.id === id);
  if (!task) throw new Error(`suite.json has no task ${JSON.stringify(id)}. Export the comparison anew.`);
  return task;
}

function secretsOf({ auth }: Definition, { apiKey }: ProviderOptions): string[] {
  const inEnvironment = auth === "none" ? undefined : process.env[auth.env];
  return [apiKey, inEnvironment].filter((key) => typeof key === "string");
}
