import type { WireExpectation } from "../support/wire-case.ts";
import { answered, type Form, words } from "./form.ts";

const refused = (what: string, status: number, body: unknown, wanted: WireExpectation): Form =>
  answered(what, body, { threw: "ProviderError", ...wanted }, {}, { status });

/** Error bodies of any shape, and messages that many vendors word alike. */
export const errorForms: readonly Form[] = [
  // Shapes.
  refused("a list of one error (Gemini)", 400, [{ error: { code: 400, message: words, status: "INVALID_ARGUMENT" } }], {
    message: words,
    code: "invalid-request",
  }),
  refused("a list of two errors", 400, [{ error: { message: words } }, { error: { message: "and again" } }], {
    message: `/${words}/`,
    code: "invalid-request",
  }),
  refused("an empty list", 400, [], { code: "invalid-request" }),
  refused(
    "errors[] (Cloudflare)",
    400,
    { result: null, success: false, errors: [{ code: 5006, message: words }], messages: [] },
    { message: `/${words}/`, code: "invalid-request" },
  ),
  refused("errors[] of strings", 422, { errors: [words] }, { message: `/${words}/`, code: "invalid-request" }),
  refused("an empty errors[]", 500, { success: false, errors: [] }, { code: "server" }),
  refused(
    "base_resp (MiniMax)",
    400,
    { base_resp: { status_code: 2013, status_msg: words } },
    { message: `/${words}/` },
  ),
  refused("a string in error", 404, { error: words }, { message: words, code: "not-found" }),
  refused(
    "an error.message that is a list",
    422,
    { error: { message: [{ loc: ["body", 0], msg: words }] } },
    { message: `/${words}/` },
  ),
  refused(
    "an error.message that is JSON in a string",
    400,
    { error: { message: JSON.stringify({ error: { message: words } }) } },
    { message: `/${words}/` },
  ),
  refused(
    "metadata.raw (OpenRouter)",
    429,
    {
      error: {
        message: "Provider returned error",
        code: 429,
        metadata: { raw: `${words}, retry shortly`, provider_name: "X" },
      },
    },
    { code: "rate-limit", message: "/Provider returned error/", retryable: true },
  ),
  // Context too long.
  ...[
    {
      object: "error",
      message: "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens.",
      type: "BadRequestError",
      code: 400,
    },
    {
      error: {
        code: 400,
        message: "the request exceeds the available context size, try increasing it",
        type: "exceed_context_size_error",
      },
    },
    { error: "the input length exceeds the context length" },
    {
      error: {
        message: "input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000",
        type: "invalid_request_error",
      },
    },
    { error: { message: "prompt is too long: 210000 tokens > 200000 maximum", type: "invalid_request_error" } },
    { error: { message: "Input is too long for requested model." } },
    { error: { message: words, type: "context_length_exceeded", code: null } },
    { error: { message: words, code: "context_length_exceeded" } },
    {
      error: {
        message: "This endpoint's maximum context length is 16384 tokens. However, you requested about 94307 tokens.",
        code: 400,
      },
    },
  ].map((body) =>
    refused(`the context is too long: ${JSON.stringify(body).slice(0, 70)}`, 400, body, {
      code: "context-overflow",
      retryable: false,
    }),
  ),
  // Out of credit.
  ...(
    [
      [429, { error: { code: "1113", message: "Insufficient balance or no resource package. Please recharge." } }],
      [
        429,
        { error: { http_code: "429", message: "insufficient balance (1008)", type: "insufficient_balance_error" } },
      ],
      [
        429,
        {
          error: {
            message: "Your account is suspended due to insufficient balance, please recharge your account",
            type: "exceeded_current_quota_error",
          },
        },
      ],
      [429, { error: { message: words, type: "insufficient_quota", code: null } }],
      [429, { error: { code: "1113", message: "余额不足或无可用资源包,请充值。" } }],
      [
        403,
        {
          code: "The caller does not have permission to execute the specified operation",
          error:
            "Your team has either used all available credits or reached its monthly spending limit. To continue, please purchase more credits.",
        },
      ],
      [403, { error: { message: "You have run out of credits", code: "personal-team-blocked:spending-limit" } }],
      [402, { error: { message: "Insufficient Balance", type: "unknown_error" } }],
    ] as const
  ).map(([status, body]) =>
    refused(`out of credit: ${status} ${JSON.stringify(body).slice(0, 70)}`, status, body, {
      code: "quota",
      retryable: false,
    }),
  ),
  // Errors that must not be mistaken for these.
  refused(
    "a rate limit that names tokens",
    429,
    {
      error: {
        message: "Rate limit reached for tokens per minute: limit 30000, requested 900",
        type: "tokens",
        code: "rate_limit_exceeded",
      },
    },
    { code: "rate-limit", retryable: true },
  ),
  refused(
    "max_tokens out of range",
    400,
    { error: { message: "max_tokens must be less than or equal to 8192", type: "invalid_request_error" } },
    { code: "invalid-request" },
  ),
  refused(
    "forbidden for another reason",
    403,
    { error: { message: "Your project may not use this model" } },
    { code: "forbidden", retryable: false },
  ),
  // Unknown models, invalid arguments.
  refused(
    "an unknown model, as a type",
    400,
    { error: { message: words, type: "model_not_found" } },
    { code: "not-found" },
  ),
  refused(
    "an unknown model with status 400",
    400,
    { error: { message: "The model `x` does not exist or you do not have access to it.", code: "model_not_found" } },
    { code: "not-found" },
  ),
  refused("a code in type", 401, { error: { message: words, type: "authentication_error" } }, { code: "invalid-key" }),
  refused(
    "overloaded as a type with status 500",
    500,
    { error: { message: words, type: "overloaded_error" } },
    { code: "overloaded", retryable: true },
  ),
];
