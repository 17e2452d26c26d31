import { completion, delta, done, finish, usage } from "../support/fake-fetch.ts";
import { answered, type Form, streamed, threw, words } from "./form.ts";

/** Kind 2: a 200 that is no answer. */
export const noAnswerForms: Form[] = [
  streamed(
    "an `error:` field with JSON, and an end mark (llama.cpp)",
    [`error: {"code":500,"message":"${words}","type":"server_error"}\n\n`, done],
    threw({ message: words }),
  ),
  streamed("an `error:` field with plain text", [`error: ${words}\n\n`], threw({ message: `/${words}/` })),
  streamed(
    "an `error:` field after words",
    [delta({ content: "Hal" }), `error: {"code":500,"message":"${words}"}\n\n`, done],
    threw({ message: words, partialText: "Hal" }),
  ),
  streamed(
    "an event `error` whose data are plain text",
    [`event: error\ndata: ${words}\n\n`],
    threw({ message: words }),
  ),
  streamed("{detail} and an end mark (FastAPI)", [{ detail: words }, done], threw({ message: words })),
  answered("{detail}", { detail: words }, threw({ message: words, retryable: false })),
  answered(
    "{detail: [{loc, msg}]}",
    { detail: [{ loc: ["body", "messages"], msg: words }] },
    threw({ message: `/${words}/` }),
  ),
  answered(
    "{code, message} with a code of the vendor's (Zhipu, SiliconFlow)",
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
  answered("an empty list of choices and nothing else", { id: "c1", choices: [] }, threw({})),
  answered("an empty body", "", threw({})),
  answered("202 with nothing (NVIDIA)", "", threw({ message: "/202/" }), {}, { status: 202 }),
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
    "an error as a bare line of JSON",
    [`{"error":{"message":"${words}","code":503}}\n`],
    threw({ message: words, code: "overloaded", retryable: true }),
  ),
  streamed(
    "an error as a bare line of JSON after words",
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
    "an unknown error in a 200 is not tried again",
    { error: { message: words, type: "weird" } },
    threw({ message: words, retryable: false }),
  ),
  answered(
    "an error in a 200 that names a status is as good as that status",
    { error: { message: words, code: 503 } },
    threw({ message: words, code: "overloaded", retryable: true }),
  ),
  answered(
    "`error: null` beside an answer is none",
    { ...completion({ content: "Hi" }), error: null },
    { text: "Hi", finishReason: "stop" },
  ),
  answered(
    "`detail` and `message` beside an answer are none",
    { ...completion({ content: "Hi" }), detail: "x", message: "ok", code: 0 },
    { text: "Hi" },
  ),
  answered(
    "an answer that is empty on purpose is none",
    completion({ role: "assistant", content: "" }, "stop", { usage }),
    { text: "", finishReason: "stop" },
  ),
  streamed("a stream that ends at once with a reason is an answer", [finish("stop"), done], {
    text: "",
    finishReason: "stop",
  }),
];
