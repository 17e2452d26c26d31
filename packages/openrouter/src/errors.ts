import type { ErrorRule } from "@llm-provider/core";

/** First match wins. */
export const errors = [
  {
    status: 400,
    body: { "error.message": /maximum context length|context_length_exceeded|too long/i },
    code: "context-overflow",
    source: "errors",
    hint: "The messages are longer than the model's context window. Shorten them, or choose a model with a larger one.",
    example: {
      error: {
        code: 400,
        message:
          "This endpoint's maximum context length is 163840 tokens. However, you requested about {value} tokens.",
      },
    },
  },
  {
    status: 400,
    body: { "error.metadata.raw": /./ },
    code: "invalid-request",
    source: "upstream",
    hint: "The provider behind OpenRouter refused the request: `body.error.metadata.raw` contains its error. Follow that provider's rules, or choose another one with `provider`.",
    example: {
      error: {
        code: 400,
        message: "Provider returned error",
        metadata: {
          provider_name: "Mistral",
          raw: '{"message":"Unexpected role \'tool\' after role \'user\'","code":"3230"}',
        },
      },
    },
  },
  {
    status: 400,
    code: "invalid-request",
    source: "errors",
    hint: "OpenRouter or the provider behind it could not process the request; the message says why.",
  },
  {
    status: 401,
    code: "invalid-key",
    source: "errors",
    hint: "The key is wrong or disabled, or the session has expired. Make one at https://openrouter.ai/settings/keys and set OPENROUTER_API_KEY.",
    example: { error: { code: 401, message: "No auth credentials found" } },
  },
  {
    status: 402,
    body: { "error.metadata.limit_source": "openrouter_in_flight_budget" },
    code: "quota",
    retry: true,
    source: "digest",
    hint: "Running requests have reserved the rest of the balance. Wait until they end, or add credits at https://openrouter.ai/settings/credits.",
    example: {
      error: {
        code: 402,
        message: "In-flight budget exhausted",
        metadata: { limit_source: "openrouter_in_flight_budget" },
      },
    },
  },
  {
    status: 402,
    body: { "error.message": /can only afford/ },
    code: "quota",
    source: "afford",
    hint: "OpenRouter reserves the price of the full `max_tokens`, and the balance does not cover it. Lower `max_tokens`, or add credits at https://openrouter.ai/settings/credits.",
    example: {
      error: {
        code: 402,
        message:
          "This request requires more credits, or fewer max_tokens. You requested up to {value} tokens, but can only afford 2666.",
      },
    },
  },
  {
    status: 402,
    code: "quota",
    source: "limits",
    hint: "No credits are left, or this key has reached its limit; a negative balance also stops free models. Add credits at https://openrouter.ai/settings/credits.",
    example: { error: { code: 402, message: "Insufficient credits" } },
  },
  {
    status: 403,
    body: { "error.metadata.reasons": /./ },
    code: "content-filter",
    source: "errors",
    hint: "Moderation stopped the input: `body.error.metadata` contains the reasons and the text. Change the input, or use a model without moderation.",
    example: {
      error: {
        code: 403,
        message: "Input was flagged",
        metadata: { reasons: ["violence"], flagged_input: "…", provider_name: "OpenAI", model_slug: "openai/gpt-4o" },
      },
    },
  },
  {
    status: 403,
    code: "forbidden",
    source: "errors",
    hint: "A guardrail or the key's permissions stopped the request. See https://openrouter.ai/settings/keys.",
  },
  {
    status: 404,
    body: { "error.message": /^No endpoints found that support tool use/ },
    code: "unsupported-parameter",
    source: "toolUse",
    hint: "No provider of this model supports tools. Choose a model from https://openrouter.ai/models?supported_parameters=tools, or send no tools.",
  },
  {
    status: 404,
    body: { "error.message": /^No endpoints found that support/ },
    code: "unsupported-parameter",
    source: "toolUse",
    hint: "No provider of this model supports a feature of the request; the message names it. Leave it out, or choose another model at https://openrouter.ai/models.",
    example: {
      error: { message: "No endpoints found that support {parameter}", code: 404 },
    },
  },
  {
    status: 404,
    body: { "error.message": /No endpoints (?:found|available) matching your/ },
    code: "forbidden",
    source: "dataPolicy",
    hint: "Your privacy settings exclude every provider of this model. Change them at https://openrouter.ai/settings/privacy, or choose another model.",
  },
  {
    status: 404,
    code: "not-found",
    source: "errors",
    hint: "The model does not exist, or your privacy settings exclude every provider that serves it. See https://openrouter.ai/models and https://openrouter.ai/settings/privacy.",
  },
  {
    status: 408,
    code: "timeout",
    retry: true,
    source: "errors",
    hint: "The request took too long. Send it again, or choose a faster model.",
  },
  {
    status: 413,
    code: "context-overflow",
    source: "errors",
    hint: "The request is too large. Shorten the messages or send smaller files.",
  },
  {
    status: 422,
    code: "invalid-request",
    source: "errors",
    hint: "OpenRouter does not accept a value in the request; the message names it. Correct it.",
  },
  {
    status: 429,
    body: { "error.message": /free-models-per-day/ },
    code: "rate-limit",
    retry: true,
    source: "freeModels",
    hint: "Free models allow 50 requests a day, or 1000 once you have bought 10 credits. Add credits, wait for midnight UTC, or use a paid model.",
    example: {
      error: {
        code: 429,
        message: "Rate limit exceeded: free-models-per-day. Add 10 credits to unlock 1000 free model requests per day",
        metadata: {
          headers: { "X-RateLimit-Limit": "50", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1754667660000" },
        },
      },
    },
  },
  {
    status: 429,
    body: { "error.message": /^Provider returned error/, "error.metadata.raw": /./ },
    code: "rate-limit",
    retry: true,
    source: "upstream",
    hint: 'The provider behind OpenRouter has reached its rate limit ("{error.metadata.raw}"). Wait, choose another model, or add your own key for that provider at https://openrouter.ai/settings/integrations.',
    example: {
      error: {
        code: 429,
        message: "Provider returned error",
        metadata: { provider_name: "Chutes", raw: "temporarily rate-limited upstream" },
      },
    },
  },
  {
    status: 429,
    body: { "error.message": /^Provider returned error/ },
    code: "rate-limit",
    retry: true,
    source: "upstream",
    hint: "The provider behind OpenRouter has reached its rate limit. Wait, choose another model, or add your own key for that provider at https://openrouter.ai/settings/integrations.",
  },
  {
    status: 429,
    code: "rate-limit",
    retry: true,
    source: "limits",
    hint: "Too many requests: free models allow 20 a minute. Wait until the limit resets, or use a paid model.",
  },
  {
    status: 500,
    code: "server",
    retry: true,
    source: "errors",
    hint: "OpenRouter had an internal error. Send the request again a little later.",
  },
  {
    status: 502,
    code: "server",
    retry: true,
    source: "errors",
    hint: "The provider that OpenRouter chose is down or sent an invalid answer. Send the request again, or list fallback models in `models`.",
  },
  {
    status: 503,
    code: "overloaded",
    retry: true,
    source: "errors",
    hint: "No provider currently matches your routing rules. Relax `provider`, or send the request again later.",
  },
] as const satisfies readonly ErrorRule[];
