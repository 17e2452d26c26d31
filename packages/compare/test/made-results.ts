import type { CheckResult, Results, ResultTask, RunResult } from "../src/results/results.ts";
import { summarize } from "../src/statistics/summarize.ts";

/** A made-up model. */
export interface MadeModel {
  readonly model: string;
  /** Between 0 and 1. */
  readonly skill: number;
  /** Milliseconds. */
  readonly firstContent: number;
  readonly tokensPerSecond: number;
  /** US dollars per million output tokens. Absent if unknown. */
  readonly price?: number;
  readonly reasoning?: number;
  /** Between 0 and 1: how often a run ends with an error. */
  readonly errors?: number;
}

export const madeModels: readonly MadeModel[] = [
  { model: "openai:gpt-5-mini", skill: 0.93, firstContent: 900, tokensPerSecond: 90, price: 2, reasoning: 320 },
  { model: "groq:openai/gpt-oss-120b", skill: 0.88, firstContent: 210, tokensPerSecond: 480, price: 0.6, errors: 0.06 },
  { model: "deepseek:deepseek-flash", skill: 0.82, firstContent: 640, tokensPerSecond: 60, price: 0.28 },
  { model: "mistral:codestral-latest", skill: 0.74, firstContent: 330, tokensPerSecond: 140, price: 0.9 },
  { model: "ollama:codellama", skill: 0.34, firstContent: 480, tokensPerSecond: 24, price: 0 },
];

const topics =
  "parse-duration group-by roman-numerals csv-line deep-merge debounce-queue binary-search word-wrap json-pointer matrix-rotate lru-cache slugify date-range bracket-match top-words query-string flatten-tree retry-plan html-entities semver-order bank-rounding event-bus diff-lines text-table".split(
    " ",
  );

/** Generates realistic results. They are the same each time. */
export function madeResults(
  models: readonly MadeModel[] = madeModels,
  { tasks: count = 24, runsPerTask = 3 }: { tasks?: number; runsPerTask?: number } = {},
): Results {
  let state = 20_261_129;
  const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  const tasks = Array.from({ length: count }, (_, index): ResultTask => {
    const topic = topics[index % topics.length]!;
    return {
      id: index < topics.length ? topic : `${topic}-${Math.floor(index / topics.length) + 1}`,
      prompt: `Write the function \`${topic}\` in JavaScript.\n\nIt takes one argument and gives the result. Answer with one block of code.`,
      system: "You write plain JavaScript.",
      checks: ["javascript: 4 tests"],
    };
  });
  const ease = tasks.map(() => (random() - 0.45) * 1.1);
  const runs = tasks.flatMap(({ id }, task) =>
    Array.from({ length: runsPerTask }, (_, run) =>
      models.map((model) => madeRun(model, id, run + 1, model.skill + ease[task]! * (1.1 - model.skill), random)),
    ).flat(),
  );
  return {
    version: 1,
    date: "2026-11-29T09:30:00.000Z",
    suite: { name: "Coding tasks", tasks },
    runsPerTask,
    models: summarize(
      runs,
      models.map(({ model }) => model),
    ),
    runs,
  };
}

function madeRun(of: MadeModel, task: string, run: number, chance: number, random: () => number): RunResult {
  const spread = 0.7 + random() ** 3 * 2.2;
  const firstContentMs = of.firstContent * spread;
  if (random() < (of.errors ?? 0)) {
    const error = {
      code: "rate-limit",
      message: "Rate limit reached: 30 requests a minute.",
      hint: "Lower --concurrency.",
    };
    return { model: of.model, task, run, outcome: "error", checks: [], error, ms: 180 };
  }
  const outputTokens = Math.round(120 + random() * 420 + (of.reasoning ?? 0) * spread);
  const isRefusal = of.skill < 0.5 && random() < 0.04;
  const outcome = isRefusal ? "refusal" : random() < chance ? "pass" : "fail";
  return {
    model: of.model,
    task,
    run,
    outcome,
    checks: [madeCheck(outcome === "pass", isRefusal)],
    usage: {
      inputTokens: 180,
      outputTokens,
      totalTokens: 180 + outputTokens,
      ...(of.reasoning && { reasoningTokens: Math.round(of.reasoning * spread) }),
    },
    ...(of.price !== undefined && { cost: (outputTokens * of.price + 45 * of.price) / 1_000_000 }),
    ms: firstContentMs + (outputTokens * 1000) / of.tokensPerSecond,
    firstContentMs,
    answer: isRefusal
      ? "I cannot help with that."
      : `Here is the function:\n\n\`\`\`js\nexport function solve(input) {\n  const parts = String(input).split(/\\s+/);\n  return parts.filter((part) => part.length > ${run});\n}\n\`\`\``,
    ...(of.reasoning && { reasoning: "The input may be empty. Split on white space, then filter." }),
    finishReason: "stop",
  };
}

function madeCheck(pass: boolean, isRefusal: boolean): CheckResult {
  if (isRefusal) return { name: "javascript: 4 tests", pass: false, reason: "The answer has no block of code." };
  const names = ["takes an empty input", "takes one word", "keeps the order", "throws for null"];
  return {
    name: "javascript: 4 tests",
    pass,
    ...(!pass && { reason: "1 of 4 tests failed" }),
    tests: names.map((name, index) => ({
      name,
      pass: pass || index !== 3,
      ...(!pass && index === 3 && { reason: "expected a TypeError, got []" }),
    })),
  };
}
