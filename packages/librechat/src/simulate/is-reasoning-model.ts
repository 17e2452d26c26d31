/** Models that LibreChat's client knows to reason: it sends them `max_completion_tokens`. */
export function isReasoningModel(model: string): boolean {
  return /^o\d/.test(model) || (model.startsWith("gpt-5") && !model.startsWith("gpt-5-chat"));
}
