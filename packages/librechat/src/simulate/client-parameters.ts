/** Names that LibreChat hands to its client. Every other name in `addParams` becomes a field of the body unchanged. */
export const clientParameters: ReadonlySet<string> = new Set(
  `model modelName temperature topP frequencyPenalty presencePenalty n logitBias stop stopSequences user timeout stream
   maxTokens maxCompletionTokens logprobs topLogprobs apiKey organization audio modalities reasoning zdrEnabled
   service_tier supportsStrictToolCalling useResponsesApi configuration tools tool_choice functions function_call
   response_format seed stream_options parallel_tool_calls strict prediction promptIndex text truncation include
   previous_response_id __includeRawResponse maxConcurrency maxRetries verbose streaming streamUsage
   disableStreaming`
    .trim()
    .split(/\s+/),
);
