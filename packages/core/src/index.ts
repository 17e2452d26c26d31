export { applyParameters } from "./request/apply-parameters.ts";
export type { ChatEvent, FinishReason, ToolCall, Usage } from "./chat/chat-event.ts";
export type { AssistantMessage, ChatRequest, ContentPart, Message } from "./chat/chat-request.ts";
export type { Change, ChatResult, Limit, Limits } from "./chat/chat-result.ts";
export { classifyError } from "./errors/classify-error.ts";
export { closestName } from "./request/closest-name.ts";
export { collectToolCalls, type ToolCallCollector, type ToolCallFragment } from "./dialect/collect-tool-calls.ts";
export { costOf } from "./chat/cost-of.ts";
export { createScrubber } from "./create-scrubber.ts";
export { defineProvider } from "./definition/define-provider.ts";
export { defineTool } from "./tools/define-tool.ts";
export type {
  Context,
  Definition,
  ErrorRule,
  MessageRules,
  ModelInfo,
  ParameterRule,
  Price,
  Quirk,
  Source,
  StreamingFacts,
  UnknownParameters,
  When,
} from "./definition/definition.ts";
export type { AnswerSummary, Decoder, Dialect } from "./dialect/dialect.ts";
export { fillHint } from "./errors/fill-hint.ts";
export { isCarriedMeaning } from "./request/is-carried-meaning.ts";
export { isLoopback } from "./is-loopback.ts";
export type { Json, JsonObject } from "./json.ts";
export { knownParameters } from "./definition/known-parameters.ts";
export { mapToolCallId } from "./request/map-tool-call-id.ts";
export { openai } from "./dialect/openai.ts";
export type { OpenaiOptions } from "./dialect/openai-options.ts";
export { parameterRules } from "./definition/parameter-rules.ts";
export { parseDuration } from "./parse-duration.ts";
export type {
  Attempt,
  CallOptions,
  ChatStream,
  ModelId,
  Prepared,
  Provider,
  ProviderFactory,
  ProviderOptions,
} from "./chat/provider.ts";
export { ProviderError, type ErrorCode, type ProviderErrorFields } from "./errors/provider-error.ts";
export { readField } from "./read-field.ts";
export { readPath } from "./read-path.ts";
export { ruleApplies } from "./definition/rule-applies.ts";
export { runTools, type RunToolsOptions, type RunToolsResult, type ToolStep } from "./tools/run-tools.ts";
export { sourceOf } from "./definition/source-of.ts";
export type { Tool, ToolContext, ToolDefinition, ToolFactory, ToolOptions, ToolSchema } from "./tools/tool.ts";
export { withFallback, type Target } from "./chat/with-fallback.ts";
