import type { ErrorRule } from "@llm-provider/core";

const missingModelHint =
  "The model is not on this machine. Download it with `ollama pull`, followed by its name; `models()` lists the installed models.";

/** First match wins. */
export const errors = [
  {
    status: 400,
    body: { error: /does not support tools/ },
    code: "unsupported-parameter",
    source: "routes",
    hint: "This model cannot call tools. Choose one that can from https://ollama.com/search?c=tools.",
    example: { error: "registry.ollama.ai/library/gemma3:4b does not support tools" },
  },
  {
    status: 400,
    body: { error: /does not support thinking/ },
    code: "unsupported-parameter",
    source: "routes",
    hint: "This model does not reason. Leave out `think` and `reasoning_effort`, or choose a model from https://ollama.com/search?c=thinking.",
    example: { error: '"llama3.2" does not support thinking' },
  },
  {
    status: 400,
    body: { error: /invalid (reasoning|think) value/ },
    code: "invalid-request",
    source: "routes",
    hint: "Set `reasoning_effort` to none, low, medium, high or max, or `think` to true or false.",
  },
  {
    status: 400,
    body: { error: /image URLs are not currently supported/ },
    code: "invalid-request",
    source: "compatibility",
    hint: "Ollama does not download images. Send each one as a base64 data URI.",
    example: { error: "image URLs are not currently supported, please use base64 encoded data instead" },
  },
  {
    status: 400,
    code: "invalid-request",
    source: "errors",
    hint: "Ollama could not process the request; the message says why.",
  },
  {
    status: 401,
    code: "invalid-key",
    source: "errors",
    hint: "This model runs in Ollama's cloud and the server is not signed in. Run `ollama signin`, or send a key from https://ollama.com/settings/keys as the header `authorization`.",
    example: { error: "unauthorized", signin_url: "https://ollama.com/connect" },
  },
  {
    status: 404,
    body: { error: /not found, try pulling it first/ },
    code: "not-found",
    source: "routes",
    hint: missingModelHint,
    example: { error: 'model "{value}" not found, try pulling it first' },
  },
  {
    status: 404,
    body: { error: /not found/ },
    code: "not-found",
    source: "routes",
    hint: missingModelHint,
    example: { error: "model '{value}' not found" },
  },
  {
    status: 404,
    code: "not-found",
    source: "unknownPath",
    hint: "This address does not exist. The base URL is the address of the server, such as http://localhost:11434, without /v1 or /api.",
    example: "404 page not found",
  },
  {
    status: 429,
    code: "rate-limit",
    retry: true,
    source: "errors",
    hint: "You have reached your plan's limit for cloud models. Wait, or use a local model.",
  },
  { status: 499, code: "aborted", source: "errors", hint: "The request was cancelled by the caller." },
  {
    status: 500,
    code: "server",
    retry: true,
    source: "errors",
    hint: "The model runner crashed, most often for lack of memory. Check the server log, and choose a smaller model or a smaller `options.num_ctx`.",
  },
  {
    status: 502,
    code: "server",
    retry: true,
    source: "errors",
    hint: "The cloud that runs this model could not be reached. Check the network, or use a local model.",
  },
  {
    status: 503,
    code: "overloaded",
    retry: true,
    source: "routes",
    hint: "The server's queue is full. Send fewer requests at once, or raise OLLAMA_MAX_QUEUE.",
  },
] as const satisfies readonly ErrorRule[];
