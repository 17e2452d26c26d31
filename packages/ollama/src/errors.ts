import type { ErrorRule } from "@llm-provider/core";

/** First match wins. */
export const errors = [
  {
    status: 400,
    body: { error: /does not support tools/ },
    code: "unsupported-parameter",
    source: "routes",
    hint: "This model cannot call tools. Take one that can: https://ollama.com/search?c=tools lists them.",
    example: { error: "registry.ollama.ai/library/gemma3:4b does not support tools" },
  },
  {
    status: 400,
    body: { error: /does not support thinking/ },
    code: "unsupported-parameter",
    source: "routes",
    hint: "This model cannot think. Leave `think` and `reasoning_effort` out, or take a model of https://ollama.com/search?c=thinking.",
    example: { error: '"llama3.2" does not support thinking' },
  },
  {
    status: 400,
    body: { error: /invalid (reasoning|think) value/ },
    code: "invalid-request",
    source: "routes",
    hint: "Give `reasoning_effort` as none, low, medium, high or max, or `think` as true or false.",
  },
  {
    status: 400,
    code: "invalid-request",
    source: "errors",
    hint: "Ollama could not follow the request; the message says why.",
  },
  {
    status: 401,
    code: "invalid-key",
    source: "errors",
    hint: "This model runs in Ollama's cloud and the server is not signed in. Run `ollama signin`, or send a key of https://ollama.com/settings/keys as the header `authorization`.",
    example: { error: "unauthorized", signin_url: "https://ollama.com/connect" },
  },
  {
    status: 404,
    body: { error: /not found/ },
    code: "not-found",
    source: "routes",
    hint: "The model is not on this machine. Fetch it with `ollama pull`, followed by its name; `models()` lists those that are here.",
    example: { error: "model '{value}' not found" },
  },
  {
    status: 404,
    code: "not-found",
    source: "errors",
    hint: "There is no such address. The base URL is that of the server alone, such as http://localhost:11434, without /v1 or /api.",
  },
  {
    status: 429,
    code: "rate-limit",
    retry: true,
    source: "errors",
    hint: "The limit of your plan for cloud models is reached. Wait, or use a local model.",
  },
  { status: 499, code: "aborted", source: "errors", hint: "The request was cancelled by the caller." },
  {
    status: 500,
    code: "server",
    retry: true,
    source: "errors",
    hint: "The model's runner broke, most often for lack of memory. Look at the server's log; take a smaller model or a smaller `options.num_ctx`.",
  },
  {
    status: 502,
    code: "server",
    retry: true,
    source: "errors",
    hint: "The cloud that runs this model could not be reached. Look at the network, or use a local model.",
  },
  {
    status: 503,
    code: "overloaded",
    retry: true,
    source: "routes",
    hint: "The server's queue is full. Send fewer requests at once, or raise OLLAMA_MAX_QUEUE.",
  },
] as const satisfies readonly ErrorRule[];
