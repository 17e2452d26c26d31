export { decide, type Decision } from "./definition/decide.ts";
export { describeRule } from "./definition/describe-rule.ts";
