import type { ErrorCode } from "../chat/error-code.ts";

/**
 * What the whole field says in like words, below the rules of a definition. `name` is a code, type or status that the error
 * gives itself, in lower case; `text` is tried on the message. Collected from public bug reports of 2025 and 2026.
 */
interface KnownError {
  readonly code: ErrorCode;
  readonly names?: string;
  readonly text?: RegExp;
}

const known: readonly KnownError[] = [
  {
    code: "context-overflow",
    names:
      "context_length_exceeded context_window_exceeded contextwindowexceedederror exceed_context_size_error string_above_max_length",
    text: /maximum (?:context|prompt|model) length|context (?:length|window|size|limit)|prompt is too long|input is too long|(?:prompt|input|request) exceeds|too many (?:input )?tokens|maximum number of tokens|reduce the length of (?:the messages|your prompt)/i,
  },
  {
    code: "quota",
    names:
      "insufficient_quota insufficient_balance insufficient_credits insufficient_funds billing_hard_limit_reached billing_not_active quota_exceeded payment_required credit_balance_too_low",
    text: /insufficient (?:account )?(?:balance|quota|credits?|funds)|(?:run|ran) out of credits?|out of credits?|exceeded your current quota|credit balance is too low|used all (?:of )?(?:your |its )?available credits|spending limit|no credits|add credits|please recharge|top up your|payment required|余额不足/i,
  },
  {
    code: "model-retired",
    names: "model_decommissioned model_deprecated model_retired",
    text: /model.{0,120}(?:decommissioned|been (?:retired|removed|deprecated|sunset|discontinued)|no longer (?:available|supported))/i,
  },
  {
    code: "not-found",
    names: "model_not_found model_not_exist modelnotfound not_found not_found_error notfounderror unknown_url",
    text: /model.{0,120}(?:does not exist|not found|not exist|is not available)|^invalid model\b|(?:unexpected|unknown|invalid) endpoint|no route|could not route/i,
  },
  {
    code: "tool-call-invalid",
    names: "tool_use_failed tool_call_validation_failed malformed_function_call",
    text: /failed to (?:call a function|parse tool call)|tool call (?:arguments )?(?:is|are) (?:not valid|invalid)|invalid tool call arguments/i,
  },
  {
    code: "content-filter",
    names: "content_filter content_policy_violation content_filtered responsibleaipolicyviolation",
  },
  {
    code: "invalid-key",
    names: "invalid_api_key authentication_error unauthenticated authenticationerror unauthorized",
  },
  { code: "forbidden", names: "permission_denied permission_error access_denied" },
  {
    code: "rate-limit",
    names: "rate_limit_exceeded rate_limit_error resource_exhausted too_many_requests requests_limit",
  },
  {
    code: "overloaded",
    names:
      "overloaded_error overloaded engine_overloaded engine_overloaded_error unavailable service_unavailable capacity_exceeded",
  },
  { code: "timeout", names: "deadline_exceeded timeout request_timeout" },
  { code: "server", names: "server_error internal_error internal_server_error api_error internal" },
  {
    code: "invalid-request",
    names: "invalid_request_error invalid_argument badrequesterror bad_request validation_error",
  },
];

const byName: ReadonlyMap<string, ErrorCode> = new Map(
  known.flatMap(({ code, names = "" }) => names.split(" ").map((name) => [name, code] as const)),
);

/** The code behind a name that an error gives itself. */
export function codeOfName(names: readonly string[]): ErrorCode | undefined {
  for (const name of names) {
    const code = byName.get(name.toLowerCase());
    if (code) return code;
  }
  return undefined;
}

/** The code behind a message. It must be short enough for patterns. */
export function codeOfText(text: string): ErrorCode | undefined {
  return known.find((one) => one.text && text.search(one.text) >= 0)?.code;
}
