import type { ErrorCode } from "../chat/error-code.ts";

/**
 * Error wording that many vendors share; the rules of a definition come first. `names` are codes, types and statuses that an
 * error gives itself, as `plain` writes them; `text` is tried on the message. Collected from public bug reports of 2025 and
 * 2026.
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
      "contextlengthexceeded contextwindowexceeded exceedcontextsize stringabovemaxlength modelmaxprompttokensexceeded",
    text: /maximum (?:context|prompt|model) length|(?:max|maximum supported) sequence length|context (?:length|window|size|limit)|(?:prompt|input) (?:is )?too long|\b(?:prompt|input|request)\b(?!.{0,60}(?:quota|rate|budget))[^.]{0,40}\bexceed|input length should be|too many (?:input )?tokens|tokens in request more than|`inputs` tokens \+|maximum number of tokens|reduce the length of (?:the messages|your prompt)/i,
  },
  {
    code: "quota",
    names:
      "insufficientquota insufficientbalance insufficientcredits insufficientfunds billinghardlimitreached billingnotactive quotaexceeded exceededcurrentquota paymentrequired creditbalancetoolow billing arrearage",
    text: /insufficient (?:account )?(?:balance|quota|credits?|funds)|(?:run|ran) out of credits?|out of credits?|exceeded (?:your )?current quota|credit balance is too low|used all (?:of )?(?:your |its )?available credits|spending limit|no credits|add credits|please recharge|top up your|payment required|余额不足|欠费/i,
  },
  {
    code: "model-retired",
    names: "modeldecommissioned modeldeprecated modelretired",
    text: /model.{0,120}(?:decommissioned|been (?:retired|removed|deprecated|sunset|discontinued)|no longer (?:available|supported))/i,
  },
  {
    code: "not-found",
    names: "modelnotfound modelnotexist modelnotsupported notfound unknownurl",
    text: /model.{0,120}(?:does not exist|not found|not exist|is not available)|^invalid model\b|(?:unexpected|unknown|invalid) endpoint|no route|could not route/i,
  },
  {
    code: "tool-call-invalid",
    names: "toolusefailed toolcallvalidationfailed malformedfunctioncall",
    text: /failed to (?:call a function|parse tool call)|tool call (?:arguments )?(?:is|are) (?:not valid|invalid)|invalid tool call arguments/i,
  },
  {
    code: "content-filter",
    names: "contentfilter contentpolicyviolation contentfiltered responsibleaipolicyviolation datainspectionfailed",
    text: /content management policy|contentpolicyviolation|considered high risk|inappropriate content/i,
  },
  {
    code: "invalid-key",
    names: "invalidapikey authentication unauthenticated unauthorized expiredtoken unrecognizedclient",
    text: /(?:invalid|incorrect|wrong|expired) api[- _]?key|api[- _]?key (?:is )?(?:not (?:valid|found)|invalid|expired)/i,
  },
  { code: "forbidden", names: "permissiondenied permission accessdenied" },
  {
    code: "rate-limit",
    names: "ratelimitexceeded ratelimit ratelimitreached resourceexhausted toomanyrequests requestslimit throttling",
  },
  {
    code: "overloaded",
    names: "overloaded engineoverloaded unavailable serviceunavailable capacityexceeded",
  },
  { code: "timeout", names: "deadlineexceeded timeout requesttimeout" },
  { code: "server", names: "server internal internalserver api" },
  {
    code: "invalid-request",
    names: "invalidrequest invalidargument badrequest validation",
  },
];

const byName: ReadonlyMap<string, ErrorCode> = new Map(
  known.flatMap(({ code, names = "" }) => names.split(" ").map((name) => [name, code] as const)),
);

/** The code behind a name that an error gives itself. */
export function codeOfName(names: readonly string[]): ErrorCode | undefined {
  for (const name of names) {
    const code = byName.get(plain(name));
    if (code) return code;
  }
  return undefined;
}

/** `rate_limit_error`, `RateLimitError` and `com.example#RateLimitException` are one name. */
function plain(name: string): string {
  return name
    .slice(-100)
    .replace(/^.*#/, "")
    .toLowerCase()
    .replaceAll(/[^a-z]/g, "")
    .replace(/(?:error|exception)$/, "");
}

/** The code behind a message. It must be short enough for patterns. */
export function codeOfText(text: string): ErrorCode | undefined {
  return known.find((one) => one.text && text.search(one.text) >= 0)?.code;
}
