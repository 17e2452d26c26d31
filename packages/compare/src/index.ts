export { describeResults } from "./report/describe-results.ts";
export { writeReport } from "./report/write-report.ts";
export type { CheckResult, ModelResult, Quantiles, Results, ResultTask, RunResult } from "./results/results.ts";
