export { checkDefinition, type Problem } from "./check/check-definition.ts";
export { checkToolDefinition } from "./check/check-tool.ts";
