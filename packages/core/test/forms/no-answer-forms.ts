import { completion, delta, done, finish, usage } from "../support/fake-fetch.ts";
import { answered, type Form, streamed, threw, words } from "./form.ts";

/** A 200 without an answer. */
export const noAnswerForms: Form[] = [
  streamed(
    "an `error:` field with JSON, and an end mark (llama.cpp)",
    [`error: {"code":500,"message":"${words}","type":"server_error"}\n\n`, done],
    threw({ message: words }),
  ),
  streamed("an `error:` field with plain text", [`error: ${words}\n\n`], threw({ message: `/${words}/` })),
  streamed(
    "an `error:` field after text",
    [delta({ content: "Hal" }), `error: {"code":500,"message":"${words}"}\n\n`, done],
    threw({ message: words, partialText: "Hal" }),
  ),
  streamed("an `error` event with plain text", [`event: error\ndata: ${words}\n\n`], threw({ message: words })),
  streamed("{detail} and an end mark (FastAPI)", [{ detail: words }, done], threw({ message: words })),
  answered("{detail}", { detail: words }, threw({ message: words, retryable: false })),
  answered(
    "{detail: [{loc, msg}]}",
    { detail: [{ loc: ["body", "messages"], msg: words }] },
    threw({ message: `/${words}/` }),
  ),
  answered(
    "{code, message} with a vendor's code (Zhipu, SiliconFlow)",
    { code: 20012, message: words, data: null },
    threw({ message: words, retryable: false }),
  ),
  answered(
    "{code, msg, success: false} (RuoYi gateways)",
    { code: 500, msg: words, success: false },
    threw({ message: words }),
  ),
  answered(
    "{base_resp} with a status that is not 0 (MiniMax)",
    { base_resp: { status_code: 1008, status_msg: "insufficient balance" }, choices: null },
    threw({ message: "/insufficient balance/" }),
  ),
  answered(
    "{errors: [{message}]} (Cloudflare)",
    { success: false, errors: [{ code: 5007, message: words }], result: null },
    threw({ message: `/${words}/` }),
  ),
  answered(
    "a list of one error (Gemini)",
    [{ error: { code: 429, message: words, status: "RESOURCE_EXHAUSTED" } }],
    threw({ message: words, code: "rate-limit", retryable: true }),
  ),
  answered("the JSON null (open-webui)", "null", threw({})),
  answered("an empty object", {}, threw({})),
  answered("only an empty list of choices", { id: "c1", choices: [] }, threw({})),
  answered("an empty body", "", threw({})),
  answered("202 with an empty body (NVIDIA)", "", threw({ message: "/202/" }), {}, { status: 202 }),
  answered(
    "plain text",
    `upstream connect error: ${words}`,
    threw({ message: `/${words}/`, code: "invalid-response", retryable: false }),
    {},
    { headers: { "content-type": "text/plain" } },
  ),
  streamed("only an end mark", [done], threw({})),
  streamed("only comments and an end mark", [": ping\n\n", ": ping\n\n", done], threw({})),
  streamed(
    "an error as a plain line of JSON",
    [`{"error":{"message":"${words}","code":503}}\n`],
    threw({ message: words, code: "overloaded", retryable: true }),
  ),
  streamed(
    "an error as a plain line of JSON after text",
    [delta({ content: "Hal" }), `{"error":{"message":"${words}"}}\n\n`],
    threw({ message: `/${words}/`, partialText: "Hal" }),
  ),
  streamed(
    "choices[].error in a stream (OpenRouter)",
    [delta({ content: "Hal" }), delta({}, { finish_reason: "error", error: { code: 502, message: words } }), done],
    threw({ message: words, partialText: "Hal" }),
  ),
  answered(
    "choices[].error without a finish reason",
    {
      id: "c1",
      choices: [{ index: 0, message: { content: "" }, finish_reason: null, error: { code: 429, message: words } }],
    },
    threw({ message: words, code: "rate-limit", retryable: true }),
  ),
  answered(
    "an unknown error in a 200 is not retried",
    { error: { message: words, type: "weird" } },
    threw({ message: words, retryable: false }),
  ),
  answered(
    "an error in a 200 with a status in its body counts as that status",
    { error: { message: words, code: 503 } },
    threw({ message: words, code: "overloaded", retryable: true }),
  ),
  answered(
    "`error: null` in an answer is not an error",
    { ...completion({ content: "Hi" }), error: null },
    { text: "Hi", finishReason: "stop" },
  ),
  answered(
    "`detail` and `message` in an answer are not errors",
    { ...completion({ content: "Hi" }), detail: "x", message: "ok", code: 0 },
    { text: "Hi" },
  ),
  answered(
    "an intentionally empty answer is not an error",
    completion({ role: "assistant", content: "" }, "stop", { usage }),
    { text: "", finishReason: "stop" },
  ),
  streamed("a stream with only a finish reason is an answer", [finish("stop"), done], {
    text: "",
    finishReason: "stop",
  }),
];
