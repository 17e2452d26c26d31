export type { Addition } from "./addition.ts";
export { addToConfig, type AddOptions, type AddResult } from "./add-to-config.ts";
export type { ConfigChange } from "./config/merge-value.ts";
export {
  explainLibreChatText,
  libreChatTexts,
  type LibreChatExplanation,
  type LibreChatText,
} from "./explain/explain-librechat-text.ts";
export { namesLangChainPage, readError, type LoggedError } from "./explain/read-error.ts";
export { dropSpellings } from "./endpoint/drop-spellings.ts";
export { liveNotes } from "./endpoint/live-notes.ts";
export type { ExplainedLine } from "./endpoint/explained-line.ts";
export type { CustomParams, LibreChatEndpoint, TokenRates } from "./librechat-endpoint.ts";
export { hideSecrets, maskSecrets } from "./mask-secrets.ts";
export { printEndpoint, printMcpServer, type PrintOptions } from "./print-endpoint.ts";
export { simulatePath, simulateRequest, type SimulateOptions, type UiParameters } from "./simulate-request.ts";
export { defaultTarget, targets, type Target, type TargetFacts } from "./target.ts";
export { explainEndpoint, toEndpoint, type EndpointOptions } from "./to-endpoint.ts";
export * from "./mcp.ts";
export { diagnose, type DoctorOptions } from "./doctor/diagnose.ts";
export { fixConfig, type FixResult } from "./doctor/fix-config.ts";
export type { Diagnostic, Rule, Severity } from "./doctor/rule.ts";
export { rules } from "./doctor/rules.ts";
export { isPublishedSecret } from "./doctor/rules/jwt-secret.ts";
export { configSchema, schemaSource, type JsonSchema, type SchemaSource } from "./schema/config-schema.ts";
