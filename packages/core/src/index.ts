export type { ChatEvent, FinishReason, ToolCall, Usage } from "./chat/chat-event.ts";
export type { AssistantMessage, ChatRequest, ContentPart, Message } from "./chat/chat-request.ts";
export type { Change, ChatResult, Limit, Limits } from "./chat/chat-result.ts";
export { chatCompletions } from "./dialect/chat-completions.ts";
export type { ChatCompletionsOptions } from "./dialect/chat-completions-options.ts";
export { collectToolCalls, type ToolCallCollector, type ToolCallFragment } from "./dialect/collect-tool-calls.ts";
export { defineProvider } from "./provider/define-provider.ts";
export { defineTool } from "./tools/define-tool.ts";
export type {
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
  WireContext,
} from "./definition/definition.ts";
export type { AnswerSummary, Decoder, Dialect } from "./chat/dialect.ts";
export type { Json, JsonObject } from "./json.ts";
export type {
  Attempt,
  CallOptions,
  ChatStream,
  ModelId,
  Prepared,
  Provider,
  ProviderFactory,
  ProviderOptions,
} from "./provider/provider.ts";
export { ProviderError, type ErrorCode, type ProviderErrorFields } from "./errors/provider-error.ts";
export { runTools, type RunToolsOptions, type RunToolsResult, type ToolStep } from "./tools/run-tools.ts";
export type { Tool, ToolContext, ToolDefinition, ToolFactory, ToolOptions, ToolSchema } from "./tools/tool.ts";
export { withFallback, type Target } from "./provider/with-fallback.ts";
