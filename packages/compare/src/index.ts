export { checkAnswer, type CheckedAnswer } from "./check/check-answer.ts";
export { describeCheck } from "./check/describe-check.ts";
export {
  createPromptfooProvider,
  gradeForPromptfoo,
  type PromptfooContext,
  type PromptfooProvider,
  type PromptfooResponse,
} from "./promptfoo/promptfoo-provider.ts";
export { toPromptfoo, type PromptfooExport } from "./promptfoo/to-promptfoo.ts";
export { describeResults } from "./report/describe-results.ts";
export { writeReport } from "./report/write-report.ts";
export type { CheckResult, ModelResult, Quantiles, Results, ResultTask, RunResult } from "./results/results.ts";
export { journalFile, RunJournal } from "./run/run-journal.ts";
export { planRuns, type Contender, type Plan, type PlannedRun } from "./run/plan-runs.ts";
export { runComparison, type ComparisonOptions } from "./run/run-comparison.ts";
export { scriptTwin } from "./run/script-twin.ts";
export { extractCode, type ExtractedCode } from "./sandbox/extract-code.ts";
export { runCode, type CodeLimits, type CodeRun } from "./sandbox/run-code.ts";
export { compareModels, type Difference } from "./statistics/compare-models.ts";
export { summarize } from "./statistics/summarize.ts";
export { importExercism } from "./suite/import-exercism.ts";
export { codingSuite, readSuite, suiteJsonSchema } from "./suite/read-suite.ts";
export type { Check, ReadSuite, ScriptedAnswer, Suite, SuiteProblem, Task } from "./suite/suite.ts";
