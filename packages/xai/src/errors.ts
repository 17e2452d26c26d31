import type { ErrorRule } from "@llm-provider/core";

const credits = /used all available credits|monthly spending limit|run out of credits/;
const noCredits = "Your team has either used all available credits or reached its monthly spending limit.";
const creditsHint =
  "The team has no credits left, or has reached its monthly spending limit. Buy credits or raise the limit at https://console.x.ai.";

/** First match wins. */
export const errors = [
  {
    status: 400,
    body: { error: /^Incorrect API key/ },
    code: "invalid-key",
    source: "key",
    hint: "The key is wrong or was revoked. Make one at https://console.x.ai and set XAI_API_KEY.",
    example: {
      code: "Client specified an invalid argument",
      error: "Incorrect API key provided: no***ey. You can obtain an API key from https://console.x.ai.",
    },
  },
  {
    status: 400,
    body: { error: /not supported on this model|does not support parameter/ },
    code: "unsupported-parameter",
    source: "penalties",
    hint: "The model does not support this parameter, whatever its value. Leave it out.",
    example: { code: "invalid-argument", error: "Model grok-4.3 does not support parameter {parameter}." },
  },
  {
    status: 400,
    body: { error: /can have a name/ },
    code: "invalid-request",
    source: "names",
    hint: "Only user messages may have a `name`. Remove it from the others.",
    example: {
      code: "Client specified an invalid argument",
      error: "Only messages of role 'user' can have a name.",
    },
  },
  {
    status: 404,
    body: { "error.message": /^The requested resource was not found/ },
    code: "not-found",
    source: "unknownPath",
    hint: "This address does not exist. The base URL is https://api.x.ai/v1, without /chat/completions.",
    example: {
      error: {
        code: 404,
        message:
          "The requested resource was not found. Please check the URL and try again. Documentation is available at https://docs.x.ai/",
      },
    },
  },
  {
    status: 403,
    body: { error: credits },
    code: "quota",
    source: "creditsForbidden",
    hint: creditsHint,
    example: { code: "permission-denied", error: noCredits },
  },
  {
    status: 429,
    body: { error: credits },
    code: "quota",
    source: "credits",
    hint: creditsHint,
    example: { code: "Some resource has been exhausted", error: noCredits },
  },
] as const satisfies readonly ErrorRule[];
