export { checkDefinition, type Problem } from "./check/check-definition.ts";
