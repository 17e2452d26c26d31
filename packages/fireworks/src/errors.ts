import type { ErrorRule } from "@llm-provider/core";

/** First match wins. */
export const errors = [
  {
    status: 400,
    body: { "error.message": /Extra inputs are not permitted/ },
    code: "unsupported-parameter",
    source: "extra",
    hint: "Fireworks rejects unknown fields; the message names the field. Remove it.",
    example: {
      error: {
        object: "error",
        type: "invalid_request_error",
        message: "Extra inputs are not permitted, field: '{parameter}', value: {value}",
      },
    },
  },
  {
    status: 400,
    body: { "error.message": /prompt (is )?too long|maximum context length|context window/i },
    code: "context-overflow",
    source: "parameters",
    hint: "The prompt is longer than the model's context window. Shorten it, or set `prompt_truncate_len` to let Fireworks drop the oldest turns.",
  },
  {
    status: 400,
    code: "invalid-request",
    source: "errors",
    hint: "Fireworks could not process the request; the message says why. A model's own chat template may refuse the order of the messages.",
  },
  {
    status: 401,
    code: "invalid-key",
    source: "errors",
    hint: "The key is wrong or lacks permission. Make one at https://app.fireworks.ai/settings/users/api-keys and set FIREWORKS_API_KEY.",
    example: { error: "unauthorized" },
  },
  {
    status: 402,
    code: "quota",
    source: "errors",
    hint: "The account has no paid plan, or has reached its spending limit. See https://app.fireworks.ai/account/billing.",
  },
  {
    status: 403,
    code: "forbidden",
    source: "errors",
    hint: "Fireworks could not authenticate the request. Check the key and the account that it belongs to.",
  },
  {
    status: 404,
    body: { "error.message": /^Path not found/ },
    code: "not-found",
    source: "unknownPath",
    hint: "This address does not exist. The base URL is https://api.fireworks.ai/inference/v1, without /chat/completions.",
    example: { error: { message: "Path not found: {parameter}", param: null, code: "NOT_FOUND", type: "error" } },
  },
  {
    status: 404,
    code: "not-found",
    source: "errors",
    hint: "The model does not exist, is not deployed, or is not available to this key; Fireworks does not say which. Check the full id, `accounts/…/models/…`, at https://app.fireworks.ai/models.",
    example: {
      error: {
        object: "error",
        type: "invalid_request_error",
        code: "NOT_FOUND",
        message: "Model not found, inaccessible, and/or not deployed",
      },
    },
  },
  {
    status: 405,
    code: "invalid-request",
    source: "errors",
    hint: "This address expects another HTTP method. Check the base URL: https://api.fireworks.ai/inference/v1.",
  },
  {
    status: 408,
    code: "timeout",
    retry: true,
    source: "errors",
    hint: "The request took too long. Send it again, or shorten it.",
  },
  {
    status: 412,
    code: "quota",
    source: "errors",
    hint: "The account is suspended (an unpaid invoice or the spending cap), or a LoRA adapter could not be loaded. Check https://app.fireworks.ai/account/billing, or deploy the adapter again.",
  },
  {
    status: 413,
    code: "context-overflow",
    source: "errors",
    hint: "The request is too large. Shorten the messages or send smaller images.",
  },
  {
    status: 429,
    code: "rate-limit",
    retry: true,
    source: "limits",
    hint: "Traffic rose too fast: the limit grows with use. Send fewer requests and increase them gradually. Without a payment method the limit is 10 requests a minute.",
  },
  {
    status: 500,
    code: "server",
    retry: true,
    source: "errors",
    hint: "Fireworks had an internal error. Send the request again a little later.",
  },
  {
    status: 502,
    code: "server",
    retry: true,
    source: "errors",
    hint: "Fireworks could not reach its own servers. Send the request again a little later.",
  },
  {
    status: 503,
    code: "overloaded",
    retry: true,
    source: "errors",
    hint: 'Fireworks is overloaded. Wait and send the request again, or send it with `service_tier: "priority"`.',
  },
  {
    status: 504,
    code: "server",
    retry: true,
    source: "errors",
    hint: "Fireworks did not answer in time. Send the request again a little later.",
  },
] as const satisfies readonly ErrorRule[];
