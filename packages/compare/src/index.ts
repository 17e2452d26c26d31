export { writeReport } from "./report/write-report.ts";
export type { CheckResult, ModelResult, Quantiles, Results, ResultTask, RunResult } from "./results/results.ts";
