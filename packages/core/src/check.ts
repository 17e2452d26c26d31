export { checkDefinition } from "./check/check-definition.ts";
export { checkToolDefinition } from "./check/check-tool-definition.ts";
export type { Problem } from "./check/problem.ts";
