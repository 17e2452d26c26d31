import type { ErrorRule } from "@llm-provider/core";

/** First match wins. */
export const errors = [
  {
    body: { "error.code": "tool_use_failed" },
    code: "tool-call-invalid",
    source: "toolUse",
    hint: "The model did not call a tool, or its arguments do not match the schema; `body.error.failed_generation` contains what it wrote. Send the request again, or tell the model what was wrong.",
    example: {
      error: {
        message: "Tool call validation failed: parameters for tool did not match schema",
        type: "invalid_request_error",
        code: "tool_use_failed",
        failed_generation: '{"name": "weather", "arguments": {"city": 1}}',
      },
    },
  },
  {
    body: { "error.message": /^Failed to call a function|^Tool call validation failed/ },
    code: "tool-call-invalid",
    source: "toolUse",
    hint: "The model did not call a tool, or its arguments do not match the schema. Send the request again, or tell the model what was wrong.",
  },
  {
    body: { "error.code": "json_validate_failed" },
    code: "invalid-response",
    source: "errors",
    hint: "The model did not write valid JSON; `body.error.failed_generation` contains what it wrote. Send the request again, ask for JSON in the prompt, or raise `max_completion_tokens`.",
  },
  {
    body: { "error.message": /^Failed to (?:validate|generate) JSON/ },
    code: "invalid-response",
    source: "errors",
    hint: "The model did not write valid JSON. Send the request again, ask for JSON in the prompt, or raise `max_completion_tokens`.",
  },
  {
    status: 400,
    body: { "error.message": /property '[^']+' is unsupported/ },
    code: "unsupported-parameter",
    source: "unsupported",
    hint: "Groq rejects unknown fields; the message names the field. Remove it.",
    example: { error: { message: "property '{parameter}' is unsupported", type: "invalid_request_error" } },
  },
  {
    status: 400,
    body: { "error.message": /is not supported with this model/ },
    code: "unsupported-parameter",
    source: "history",
    hint: "This model does not reason; the message names the field. Leave out `reasoning_format`, `reasoning_effort` and the `reasoning` of earlier messages, or choose a gpt-oss or qwen model.",
    example: {
      error: {
        message: "`messages[3].reasoning`: reasoning is not supported with this model",
        type: "invalid_request_error",
      },
    },
  },
  {
    status: 400,
    body: { "error.code": "model_decommissioned" },
    code: "model-retired",
    source: "retired",
    hint: "Groq has switched this model off. Choose another: https://console.groq.com/docs/deprecations lists the replacements.",
    example: {
      error: {
        message: "The model `{value}` has been decommissioned and is no longer supported.",
        type: "invalid_request_error",
        code: "model_decommissioned",
      },
    },
  },
  {
    status: 400,
    body: { "error.code": "context_length_exceeded" },
    code: "context-overflow",
    source: "errors",
    hint: "The messages are longer than the model's context window. Shorten the conversation.",
  },
  {
    status: 400,
    body: { "error.message": /response.?format/ },
    code: "unsupported-parameter",
    source: "schema",
    hint: "Not every Groq model supports `json_schema`. Choose one that does from https://console.groq.com/docs/structured-outputs, or use `json_object`.",
  },
  {
    status: 400,
    code: "invalid-request",
    source: "errors",
    hint: "Groq could not read the request; the message names the field. Correct it.",
  },
  {
    status: 401,
    code: "invalid-key",
    source: "errors",
    hint: "The key is wrong or was revoked. Make one at https://console.groq.com/keys and set GROQ_API_KEY.",
    example: { error: { message: "Invalid API Key", type: "invalid_request_error", code: "invalid_api_key" } },
  },
  {
    status: 403,
    code: "forbidden",
    source: "errors",
    hint: "The model is blocked for your organization or project. Allow it at https://console.groq.com/settings/project/limits.",
  },
  {
    status: 404,
    body: { "error.code": "unknown_url" },
    code: "not-found",
    source: "unknownPath",
    hint: "This address does not exist. The base URL is https://api.groq.com/openai/v1, without /chat/completions.",
    example: {
      error: {
        message:
          "Unknown request URL: {value}. Please check the URL for typos, or see the docs at https://console.groq.com/docs/",
        type: "invalid_request_error",
        code: "unknown_url",
      },
    },
  },
  {
    status: 404,
    body: { "error.code": "model_not_found" },
    code: "not-found",
    source: "notFound",
    hint: "The model does not exist, or this key has no access to it; Groq retires models often. `models()` lists the available models.",
    example: {
      error: {
        message: "The model `{value}` does not exist or you do not have access to it.",
        type: "invalid_request_error",
        code: "model_not_found",
      },
    },
  },
  {
    status: 413,
    body: { "error.message": /^Request too large/ },
    code: "rate-limit",
    retry: false,
    source: "tooLarge",
    hint: "This one request needs more tokens than your plan allows in a minute, so it can never pass. Shorten it, lower `max_completion_tokens` (it counts too), or upgrade at https://console.groq.com/settings/billing.",
    example: {
      error: {
        message:
          "Request too large for model `openai/gpt-oss-120b` in organization `org_1` on tokens per minute (TPM): Limit 6000, Requested {value}, please reduce your message size and try again.",
        type: "tokens",
        code: "rate_limit_exceeded",
      },
    },
  },
  {
    status: 413,
    code: "context-overflow",
    source: "errors",
    hint: "The request body is too large. Shorten the messages or send smaller images.",
  },
  {
    status: 422,
    code: "invalid-request",
    source: "errors",
    hint: "Groq understood the request but could not process it, or the model failed. Try once more, or change the prompt.",
  },
  {
    status: 424,
    code: "invalid-request",
    source: "errors",
    hint: "A remote tool (MCP) in the request did not answer. Check its address and its authorization.",
  },
  {
    status: 429,
    body: { "error.message": /per day/ },
    code: "rate-limit",
    retry: true,
    source: "limits",
    hint: "Your organization has reached its daily limit. Wait as long as the message says, use another model, or upgrade at https://console.groq.com/settings/billing.",
    example: {
      error: {
        message:
          "Rate limit reached for model on tokens per day (TPD): Limit 100000, Used 99000, Requested 4000. Please try again in 9m38.016s.",
        type: "tokens",
        code: "rate_limit_exceeded",
      },
    },
  },
  {
    status: 429,
    code: "rate-limit",
    retry: true,
    source: "limits",
    hint: "Your organization has reached a limit per minute. Wait for `retryAfter` milliseconds, or send less.",
    example: {
      error: {
        message:
          "Rate limit reached for model on tokens per minute (TPM): Limit 15000, Used 11972, Requested 4351. Please try again in 5.289s.",
        type: "tokens",
        code: "rate_limit_exceeded",
      },
    },
  },
  {
    status: 498,
    code: "overloaded",
    retry: true,
    source: "flex",
    hint: 'The flex tier currently has no capacity. Send the request again a little later, or with `service_tier: "on_demand"`.',
    example: {
      error: {
        message: "Flex tier capacity exceeded, please try again later",
        type: "capacity_exceeded",
        code: "capacity_exceeded",
      },
    },
  },
  { status: 499, code: "aborted", source: "errors", hint: "The request was cancelled by the caller." },
  {
    status: 500,
    code: "server",
    retry: true,
    source: "errors",
    hint: "Groq had an internal error. Send the request again a little later.",
  },
  {
    status: 502,
    code: "server",
    retry: true,
    source: "errors",
    hint: "Groq could not reach its own servers. Send the request again a little later.",
  },
  {
    status: 503,
    code: "overloaded",
    retry: true,
    source: "errors",
    hint: "Groq is overloaded or under maintenance. Wait and send the request again, or fall back to another provider.",
  },
] as const satisfies readonly ErrorRule[];
