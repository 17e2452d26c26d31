import type { ErrorRule } from "@llm-provider/core";

/** First match wins. */
export const errors = [
  {
    body: { "choices.0.finish_reason": "insufficient_system_resource" },
    code: "overloaded",
    retry: true,
    source: "finish",
    hint: "DeepSeek ran out of capacity while it was answering. Send the request again, or fall back to another provider.",
  },
  {
    status: 400,
    body: { "error.message": /reasoning_content[^.]{0,80} must be passed back/ },
    code: "invalid-request",
    source: "history",
    hint: 'In thinking mode an assistant message with tool calls must keep its reasoning. Append `result.message` unchanged, or send `thinking: { type: "disabled" }`.',
    example: failure("The `reasoning_content` in the thinking mode must be passed back to the API."),
  },
  {
    status: 400,
    body: { "error.message": /does not support this tool_choice/ },
    code: "unsupported-parameter",
    source: "toolChoice",
    hint: 'Thinking mode does not support a forced tool choice. Send `thinking: { type: "disabled" }`, or leave out `tool_choice` and ask for the tool in the prompt.',
    example: failure("Thinking mode does not support this {parameter}"),
  },
  {
    status: 400,
    body: { "error.message": /response_format/ },
    code: "unsupported-parameter",
    source: "schema",
    hint: "DeepSeek supports `json_object` but not `json_schema`. Describe the schema in the prompt, or use it as the parameters of a tool.",
    example: failure("This {parameter} type is unavailable now"),
  },
  {
    status: 400,
    body: { "error.message": /maximum context length/ },
    code: "context-overflow",
    source: "overflow",
    hint: "The messages and `max_tokens` together exceed the model's context window. Shorten the conversation or lower `max_tokens`.",
    example: failure(
      "This model's maximum context length is 1000000 tokens. However, you requested {value} tokens. Please reduce the length of the messages or completion.",
    ),
  },
  {
    status: 400,
    body: { "error.message": /^No tool output found for tool call|must be followed by tool messages/ },
    code: "invalid-request",
    source: "toolOutput",
    hint: "Every tool call needs a `tool` message with the same `tool_call_id`, right after the assistant message.",
    example: failure("No tool output found for tool call {value}."),
  },
  {
    body: { "error.message": /unknown variant [^,]{0,80}, expected [`']?function/ },
    code: "unsupported-parameter",
    source: "tools",
    hint: "DeepSeek accepts only tools of type `function`. Remove the others.",
  },
  {
    status: 400,
    code: "invalid-request",
    source: "errors",
    hint: "The message names the field that DeepSeek could not read. Fix it; see https://api-docs.deepseek.com/api/create-chat-completion.",
  },
  {
    status: 401,
    code: "invalid-key",
    source: "errors",
    hint: "The key is wrong or was deleted. Make one at https://platform.deepseek.com/api_keys and set DEEPSEEK_API_KEY.",
  },
  {
    status: 402,
    code: "quota",
    source: "errors",
    hint: "The balance is used up. Top up at https://platform.deepseek.com/top_up; GET /user/balance shows what is left.",
    example: failure("Insufficient Balance"),
  },
  {
    status: 422,
    code: "invalid-request",
    source: "errors",
    hint: "DeepSeek does not accept the value of a parameter; the message names the parameter. Correct it.",
  },
  {
    status: 429,
    code: "rate-limit",
    retry: true,
    source: "load",
    hint: "Too many requests run at once: DeepSeek limits concurrency per account, not per key. Send fewer in parallel.",
  },
  {
    status: 500,
    code: "server",
    retry: true,
    source: "errors",
    hint: "DeepSeek had an internal error. Wait a little and send the request again.",
  },
  {
    status: 503,
    code: "overloaded",
    retry: true,
    source: "errors",
    hint: "DeepSeek is overloaded. Wait and send the request again, or fall back to another provider.",
  },
] as const satisfies readonly ErrorRule[];

/** The body of every error. */
function failure(message: string) {
  return { error: { message, type: "invalid_request_error", param: null, code: "invalid_request_error" } };
}
