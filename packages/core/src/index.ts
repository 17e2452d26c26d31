export { applyParameters } from "./apply-parameters.ts";
export type { ChatEvent, FinishReason, ToolCall, Usage } from "./chat-event.ts";
export type { AssistantMessage, ChatRequest, ContentPart, Message } from "./chat-request.ts";
export type { Change, ChatResult, Limit, Limits } from "./chat-result.ts";
export { closestName } from "./closest-name.ts";
export { collectToolCalls, type ToolCallCollector, type ToolCallFragment } from "./collect-tool-calls.ts";
export { costOf } from "./cost-of.ts";
export { createScrubber } from "./create-scrubber.ts";
export { defineProvider } from "./define-provider.ts";
export { defineTool } from "./define-tool.ts";
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
} from "./definition.ts";
export type { AnswerSummary, Decoder, Dialect } from "./dialect.ts";
export { isCarriedMeaning } from "./is-carried-meaning.ts";
export { isLoopback } from "./is-loopback.ts";
export type { Json, JsonObject } from "./json.ts";
export { knownParameters } from "./known-parameters.ts";
export { mapToolCallId } from "./map-tool-call-id.ts";
export { openai, type OpenaiOptions } from "./openai.ts";
export { parameterRules } from "./parameter-rules.ts";
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
} from "./provider.ts";
export { ProviderError, type ErrorCode, type ProviderErrorFields } from "./provider-error.ts";
export { readPath } from "./read-path.ts";
export { ruleApplies } from "./rule-applies.ts";
export { runTools, type RunToolsOptions, type RunToolsResult, type ToolStep } from "./run-tools.ts";
export { sourceOf } from "./source-of.ts";
export type { Tool, ToolContext, ToolDefinition, ToolFactory, ToolOptions, ToolSchema } from "./tool.ts";
export { withFallback, type Target } from "./with-fallback.ts";
