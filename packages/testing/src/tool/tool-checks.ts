import type { ToolCheck } from "./tool-kit.ts";
import { toolDefinitionCheck } from "../kit/definition-check.ts";
import { toolCallChecks } from "./tool-call-checks.ts";
import { toolAnswerChecks } from "./tool-answer-checks.ts";
import { toolRefusalChecks } from "./tool-refusal-checks.ts";
import { toolRequestChecks } from "./tool-request-checks.ts";
import { toolKeyChecks } from "./tool-key-checks.ts";

/** Every check of a tool. */
export const toolChecks: readonly ToolCheck[] = [
  toolDefinitionCheck,
  ...toolCallChecks,
  ...toolRequestChecks,
  ...toolAnswerChecks,
  ...toolRefusalChecks,
  ...toolKeyChecks,
];
