import type { ErrorRule } from "@llm-provider/core";

/** First match wins. */
export const errors = [
  {
    body: { "error.code": "insufficient_quota" },
    code: "quota",
    source: "streamError",
    hint: "The account has no credit left, or has spent its monthly budget. Add credit at https://platform.openai.com/settings/organization/billing.",
    example: {
      error: {
        message: "You exceeded your current quota, please check your plan and billing details.",
        type: "insufficient_quota",
        param: null,
        code: "insufficient_quota",
      },
    },
  },
  {
    body: { "error.code": "context_length_exceeded" },
    code: "context-overflow",
    source: "errors",
    hint: "The messages are longer than the model's context window. Shorten them, or choose a model with a larger one.",
  },
  {
    status: 400,
    body: { "error.message": /^Function tools with reasoning_effort are not supported/ },
    code: "unsupported-parameter",
    source: "effortNone",
    hint: 'In Chat Completions this model supports tools only without reasoning: send `reasoning_effort: "none"` (for gpt-5.4 and gpt-5.5, leave out `reasoning_effort`). Tools with reasoning need OpenAI\'s /v1/responses.',
    example: {
      error: {
        message:
          "Function tools with reasoning_effort are not supported for {value} in /v1/chat/completions. To use function tools, use /v1/responses or set reasoning_effort to 'none'.",
        type: "invalid_request_error",
        param: "reasoning_effort",
        code: null,
      },
    },
  },
  {
    status: 400,
    body: { "error.code": /^unsupported_(parameter|value)$/ },
    code: "unsupported-parameter",
    source: "unsupported",
    hint: "The model does not support this parameter or value; `body.error.param` names the parameter. Leave it out, or choose another model.",
    example: {
      error: {
        message: "Unsupported parameter: '{parameter}' is not supported with this model.",
        type: "invalid_request_error",
        param: "{parameter}",
        code: "unsupported_parameter",
      },
    },
  },
  {
    status: 400,
    body: { "error.message": /^(Unrecognized request argument supplied|Unknown parameter)/ },
    code: "unsupported-parameter",
    source: "errors",
    hint: "OpenAI rejects unknown fields; the message names the field. Remove it.",
    example: {
      error: {
        message: "Unrecognized request argument supplied: {parameter}",
        type: "invalid_request_error",
        param: null,
        code: null,
      },
    },
  },
  {
    status: 400,
    body: { "error.code": /^content_(filter|policy_violation)$/ },
    code: "content-filter",
    source: "errors",
    hint: "The content filter stopped the input. Change it.",
  },
  {
    status: 400,
    code: "invalid-request",
    source: "errors",
    hint: "OpenAI could not process the request; `body.error.param` names the field. Correct it.",
    example: {
      error: {
        message: "Invalid value: '{value}'.",
        type: "invalid_request_error",
        param: "messages[0].role",
        code: "invalid_value",
      },
    },
  },
  {
    status: 401,
    code: "invalid-key",
    source: "errors",
    hint: "The key is wrong or was revoked. Make one at https://platform.openai.com/api-keys and set OPENAI_API_KEY.",
    example: {
      error: {
        message: "Incorrect API key provided.",
        type: "invalid_request_error",
        param: null,
        code: "invalid_api_key",
      },
    },
  },
  {
    status: 403,
    code: "forbidden",
    source: "errors",
    hint: "Your country, project or key has no access to this. See https://platform.openai.com/settings/organization/limits.",
  },
  {
    status: 404,
    body: { "error.message": /^(Invalid URL|Unknown request URL)/ },
    code: "not-found",
    source: "unknownPath",
    hint: "This address does not exist. The base URL is https://api.openai.com/v1, without /chat/completions.",
    example: {
      error: { message: "Invalid URL ({value})", type: "invalid_request_error", param: null, code: null },
    },
  },
  {
    status: 404,
    code: "not-found",
    source: "errors",
    hint: "The model does not exist, or this key has no access to it. `models()` lists the available models.",
    example: {
      error: {
        message: "The model `{value}` does not exist or you do not have access to it.",
        type: "invalid_request_error",
        param: null,
        code: "model_not_found",
      },
    },
  },
  {
    status: 429,
    code: "rate-limit",
    retry: true,
    source: "errors",
    hint: "You have reached the limit of requests or tokens a minute. Wait for `retryAfter` milliseconds, or send less.",
    example: {
      error: {
        message: "Rate limit reached. Please try again in 1.2s.",
        type: "requests",
        param: null,
        code: "rate_limit_exceeded",
      },
    },
  },
  {
    status: 500,
    code: "server",
    retry: true,
    source: "errors",
    hint: "OpenAI had an internal error. Send the request again a little later.",
  },
  {
    status: 503,
    code: "overloaded",
    retry: true,
    source: "errors",
    hint: "OpenAI is overloaded. Wait and send the request again, or fall back to another provider.",
  },
] as const satisfies readonly ErrorRule[];
