export type { ChatEvent, FinishReason, ToolCall, Usage } from "./chat/chat-event.ts";
export type {
  AssistantMessage,
  ChatRequest,
  CommonParameters,
  ContentPart,
  FunctionTool,
  Message,
  ToolCallOnWire,
} from "./chat/chat-request.ts";
export type { Change, ChatResult, Limit } from "./chat/chat-result.ts";
export type { AnswerSummary, ChatCompletionsOptions, Decoder, Dialect, History } from "./chat/dialect.ts";
export type { EmbedRequest, EmbedResult } from "./chat/embed-request.ts";
export type { ErrorCode } from "./chat/error-code.ts";
export type {
  Definition,
  ErrorRule,
  KeyFacts,
  LibreChatFacts,
  LimitFacts,
  MessageRules,
  Quirk,
  Refusals,
  StreamingFacts,
  WireContext,
} from "./definition/definition.ts";
export type { ModelInfo, Price } from "./definition/model-info.ts";
export type { Source } from "./definition/source-of.ts";
export type { ParameterRule, UnknownParameters, When } from "./definition/parameter-rule.ts";
export { chatCompletions } from "./dialect/chat-completions.ts";
export { collectToolCalls, type ToolCallCollector, type ToolCallFragment } from "./dialect/collect-tool-calls.ts";
export { ProviderError, type ProviderErrorFields } from "./errors/provider-error.ts";
export type { Json, JsonObject } from "./json.ts";
export { defineProvider } from "./provider/define-provider.ts";
export type {
  Attempt,
  CallOptions,
  ChatStream,
  Prepared,
  Provider,
  ProviderFactory,
  ProviderOptions,
} from "./provider/provider.ts";
export type { FallbackOptions, Target } from "./provider/fallback-hooks.ts";
export { withFallback } from "./provider/with-fallback.ts";
export { defineTool } from "./tools/define-tool.ts";
export { runTools, type RunToolsOptions, type RunToolsResult, type ToolStep } from "./tools/run-tools.ts";
export type { Tool, ToolContext, ToolDefinition, ToolFactory, ToolOptions, ToolSchema } from "./tools/tool.ts";
