import { chatCompletions, defineProvider, type JsonObject } from "@llm-provider/core";
import { errors } from "./errors.ts";
import { models } from "./models.ts";

type Effort = "none" | "minimal" | "low" | "medium" | "high" | "xhigh" | "max";

export const openrouter = defineProvider({
  id: "openrouter",
  name: "OpenRouter",
  docs: "https://openrouter.ai/docs",
  baseURL: "https://openrouter.ai/api/v1",
  auth: { env: "OPENROUTER_API_KEY", page: "https://openrouter.ai/settings/keys" },
  sources: {
    sdk: ["https://www.npmjs.com/package/@openrouter/sdk/v/1.3.19", "2026-11-22"],
    errors: ["https://openrouter.ai/docs/api/reference/errors-and-debugging", "2026-11-22"],
    limits: ["https://openrouter.ai/docs/api/reference/limits", "2026-11-22"],
    digest: ["https://www.developersdigest.tech/errors/api/openrouter", "2026-11-22"],
    models: ["https://openrouter.ai/models", "2026-11-22"],
    auto: ["https://openrouter.ai/docs/guides/routing/routers/auto-router", "2026-11-22"],
    medium: ["https://openrouter.ai/mistralai/mistral-medium-3-5", "2026-11-22"],
    unknown: [
      "https://github.com/pydantic/pydantic-ai/blob/4fda38988f2939fa6ea9cdefcf120693e10ef491/pydantic_ai_slim/pydantic_ai/models/openrouter.py",
      "2026-11-22",
    ],
    nested: ["https://github.com/pydantic/pydantic-ai/issues/3994", "2026-11-22"],
    stream: [
      "https://github.com/pydantic/pydantic-ai/blob/4fda38988f2939fa6ea9cdefcf120693e10ef491/tests/models/cassettes/test_openrouter/test_openrouter_stream_error.yaml",
      "2026-11-22",
    ],
    types: ["https://github.com/CherryHQ/cherry-studio/issues/10477", "2026-11-28"],
    choiceError: ["https://github.com/genkit-ai/genkit/pull/6259", "2026-11-28"],
    embeddings: ["https://openrouter.ai/docs/api_reference/embeddings", "2026-11-28"],
    embeddingInputs: ["https://platform.openai.com/docs/api-reference/embeddings/create", "2026-11-28"],
    toolUse: ["https://github.com/Kilo-Org/kilocode/issues/9006", "2026-11-28"],
    dataPolicy: ["https://github.com/truefoundry/models/pull/826", "2026-11-28"],
    upstream: ["https://github.com/charmbracelet/crush/issues/279", "2026-11-22"],
    afford: ["https://github.com/astrio-labs/forall/issues/76", "2026-11-22"],
    freeModels: ["https://github.com/Gitlawb/openclaude/issues/936", "2026-11-22"],
    librechat: ["https://www.librechat.ai/docs/configuration/librechat_yaml/ai_endpoints/openrouter", "2026-11-22"],
    responses: ["https://www.npmjs.com/package/@openrouter/sdk/v/1.3.19", "2026-11-22"],
  },
  dialect: {
    ...chatCompletions({ reasoning: "details", history: "verbatim", usage: "asked" }),
    server: async () => ({ wire: (await import("./openrouter-wire.ts")).openrouterWire }),
  },
  models,
  smallModel: "openai/gpt-oss-20b",
  request: {} as {
    models?: readonly string[];
    provider?: {
      order?: readonly string[];
      only?: readonly string[];
      ignore?: readonly string[];
      allow_fallbacks?: boolean;
      require_parameters?: boolean;
      data_collection?: "allow" | "deny";
      zdr?: boolean;
      quantizations?: readonly string[];
      sort?: "price" | "throughput" | "latency";
      max_price?: { prompt?: number; completion?: number; request?: number; image?: number };
    };
    plugins?: readonly { id: string }[];
    reasoning?: { effort?: Effort; max_tokens?: number; exclude?: boolean; enabled?: boolean };
    reasoning_effort?: Effort;
    session_id?: string;
  },
  parameters: {
    temperature: { range: [0, 2], source: "sdk" },
    presence_penalty: { range: [-2, 2], source: "sdk" },
    frequency_penalty: { range: [-2, 2], source: "sdk" },
    top_logprobs: { range: [0, 20], source: "sdk" },
    reasoning_effort: {
      conflictsWith: ["reasoning"],
      when: { "reasoning.effort": ["none", "minimal", "low", "medium", "high", "xhigh", "max"] },
      source: "sdk",
    },
  },
  unknownParameters: { ignored: true, source: "unknown" },
  refusals: { names: "all", wrongTypes: 400, source: "types" },
  // OpenRouter documents no limit; this is the limit of OpenAI, one of the providers behind it.
  embeddings: { maxInputs: 2048, source: "embeddingInputs" },
  streaming: { toolCalls: "fragments", usage: "own-choice", comments: "OPENROUTER PROCESSING", source: "stream" },
  quirks: [
    {
      name: "A completion may be nested inside provider, or arrive without choices.",
      source: "nested",
      chunk: readNested,
    },
  ],
  errors,
  limits: {
    requestId: "x-generation-id",
    headers: {
      "x-ratelimit-limit": { of: "requests", is: "limit", unit: "count" },
      "x-ratelimit-remaining": { of: "requests", is: "remaining", unit: "count" },
      "x-ratelimit-reset": { of: "requests", is: "reset", unit: "epoch-ms" },
    },
  },
  metadata: [
    "provider",
    "choices.0.native_finish_reason",
    "usage.is_byok",
    "usage.cost_details",
    "usage.prompt_tokens_details.cache_write_tokens",
    "usage.server_tool_use_details",
    "error.metadata",
    "header:x-generation-id",
  ],
  librechat: {
    name: "OpenRouter",
    env: "OPENROUTER_KEY",
    fetch: true,
    fetchesTokenConfig: true,
    responses: "served",
    webSearch: true,
    source: "librechat",
  },
});

/** Unwraps a completion that is nested in `provider`; an answer with `choices: null` becomes an error. */
function readNested(chunk: JsonObject): JsonObject {
  const { provider, choices, error } = chunk;
  if (typeof provider === "object" && (provider as JsonObject | null)?.["choices"]) return provider as JsonObject;
  if (choices === null && !error) return { error: { code: 502, message: "OpenRouter answered without any choices." } };
  return chunk;
}
