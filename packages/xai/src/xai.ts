import { chatCompletions, defineProvider, type JsonObject } from "@llm-provider/core";
import { models } from "./models.ts";

const thinking = { reasoning_effort: [null, "low", "medium", "high", "xhigh"] } as const;

/** xAI. The client, the contract tests and the LibreChat entry all follow from these facts. */
export const xai = defineProvider({
  id: "xai",
  name: "xAI",
  docs: "https://docs.x.ai",
  baseURL: "https://api.x.ai/v1",
  auth: { env: "XAI_API_KEY", page: "https://console.x.ai" },
  sources: {
    retirement: ["https://docs.x.ai/developers/migration/may-15-retirement.md", "2026-11-22"],
    reasoning: ["https://docs.x.ai/developers/model-capabilities/text/reasoning", "2026-11-22"],
    prices: ["https://www.npmjs.com/package/@pydantic/genai-prices/v/0.1.8", "2026-11-22"],
    penalties: ["https://github.com/miaoxworld/NativeTavern/issues/83", "2026-11-22"],
    effort: ["https://github.com/vercel/ai/releases/tag/@ai-sdk%2Fxai@4.0.8", "2026-11-22"],
    build: ["https://docs.rs/crate/mindfork/0.17.0/source/src/shared/api/openai/xai_tests.rs", "2026-11-22"],
    names: ["https://github.com/BerriAI/litellm/issues/9720", "2026-11-22"],
    key: ["https://github.com/continuedev/continue/issues/10778", "2026-11-22"],
    credits: ["https://github.com/continuedev/continue/issues/10373", "2026-11-22"],
    stream: [
      "https://github.com/vercel/ai/blob/ed857f50f112e23930b0c2dd8d532cc8bebbc911/packages/xai/src/__fixtures__/xai-tool-call.chunks.txt",
      "2026-11-22",
    ],
    librechat: ["https://www.librechat.ai/docs/configuration/librechat_yaml/ai_endpoints/xai", "2026-11-22"],
  },
  dialect: chatCompletions({ history: "omit", usage: "asked" }),
  models,
  smallModel: "grok-4.20-non-reasoning",
  request: {} as { reasoning_effort?: "none" | "low" | "medium" | "high" | "xhigh" },
  parameters: {
    presence_penalty: { rejected: 400, models: /^grok-(4|build)/, source: "penalties" },
    frequency_penalty: { rejected: 400, models: /^grok-(4|build)/, source: "penalties" },
    stop: { rejected: 400, models: /^grok-(4(?!.*non-reasoning)|build)/, when: thinking, source: "reasoning" },
    reasoning_effort: [
      { rejected: 400, models: /^grok-4\.20.*-(non-)?reasoning$/, source: "effort" },
      { rejected: 400, models: ["grok-build-0.1"], source: "build" },
    ],
  },
  messages: { fields: { system: ["content"], developer: ["content"] }, source: "names" },
  streaming: { toolCalls: "whole", usage: "own-chunk", source: "stream" },
  quirks: [{ name: "Usage tells the cost in ticks of 0.1 nanodollars.", source: "stream", chunk: readCost }],
  errors: [
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
      hint: "The model refuses this parameter, whatever its value. Leave it out.",
      example: { code: "invalid-argument", error: "Model grok-4.3 does not support parameter {parameter}." },
    },
    {
      status: 400,
      body: { error: /can have a name/ },
      code: "invalid-request",
      source: "names",
      hint: "Only messages of the user may have a `name`. Leave it out of the others.",
      example: {
        code: "Client specified an invalid argument",
        error: "Only messages of role 'user' can have a name.",
      },
    },
    {
      status: 429,
      body: { error: /used all available credits|monthly spending limit/ },
      code: "quota",
      source: "credits",
      hint: "The team's credits are used up, or its monthly limit is reached. Buy credits or raise the limit at https://console.x.ai.",
      example: {
        code: "Some resource has been exhausted",
        error: "Your team has either used all available credits or reached its monthly spending limit.",
      },
    },
  ],
  metadata: ["system_fingerprint", "usage.num_sources_used", "usage.cost_in_usd_ticks"],
  librechat: { name: "xai", source: "librechat" },
});

/** Completion tokens leave reasoning out, so that a cost by price would be too low; the endpoint's own is right. */
function readCost(chunk: JsonObject): JsonObject {
  const usage = chunk["usage"] as JsonObject | null | undefined;
  const ticks = usage?.["cost_in_usd_ticks"];
  return typeof ticks === "number" ? { ...chunk, usage: { ...usage, cost: ticks / 1e10 } } : chunk;
}
