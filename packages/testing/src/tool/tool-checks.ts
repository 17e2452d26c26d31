import type { ToolCheck } from "./tool-kit.ts";
import { toolCallChecks } from "./tool-call-checks.ts";
import { toolAnswerChecks } from "./tool-answer-checks.ts";
import { toolKeyChecks } from "./tool-key-checks.ts";

/** Every check of a tool. */
export const toolChecks: readonly ToolCheck[] = [...toolCallChecks, ...toolAnswerChecks, ...toolKeyChecks];
