import { chatCompletions, defineProvider, type JsonObject } from "@llm-provider/core";
import { errors } from "./errors.ts";
import { models } from "./models.ts";

/** Matches requests that think. */
const thinking = { reasoning_effort: [null, "low", "medium", "high", "xhigh"] } as const;

/** xAI. The client, the contract tests and the LibreChat entry all follow from these facts. */
export const xai = defineProvider({
  id: "xai",
  name: "xAI",
  docs: "https://docs.x.ai",
  baseURL: "https://api.x.ai/v1",
  auth: { env: "XAI_API_KEY", page: "https://console.x.ai" },
  sources: {
    unknownPath: ["https://github.com/chatboxai/chatbox/issues/1686", "2026-11-28"],
    retirement: ["https://docs.x.ai/developers/migration/may-15-retirement.md", "2026-11-22"],
    reasoning: ["https://docs.x.ai/developers/model-capabilities/text/reasoning", "2026-11-22"],
    prices: ["https://www.npmjs.com/package/@pydantic/genai-prices/v/0.1.8", "2026-11-22"],
    penalties: ["https://github.com/miaoxworld/NativeTavern/issues/83", "2026-11-22"],
    effort: ["https://github.com/vercel/ai/releases/tag/@ai-sdk%2Fxai@4.0.8", "2026-11-22"],
    build: ["https://docs.rs/crate/mindfork/0.17.0/source/src/shared/api/openai/xai_tests.rs", "2026-11-22"],
    levels: ["https://github.com/mnfst/modelparams.dev/pull/330", "2026-11-28"],
    names: ["https://github.com/BerriAI/litellm/issues/9720", "2026-11-22"],
    key: ["https://github.com/continuedev/continue/issues/10778", "2026-11-22"],
    credits: ["https://github.com/continuedev/continue/issues/10373", "2026-11-22"],
    creditsForbidden: ["https://github.com/warpdotdev/warp/issues/14863", "2026-11-28"],
    types: ["https://github.com/meangrinch/MangaTranslator/issues/48", "2026-11-28"],
    alias: ["https://github.com/anomalyco/models.dev/tree/dev/providers/xai/models", "2026-11-28"],
    stream: [
      "https://github.com/vercel/ai/blob/ed857f50f112e23930b0c2dd8d532cc8bebbc911/packages/xai/src/__fixtures__/xai-tool-call.chunks.txt",
      "2026-11-22",
    ],
    librechat: ["https://www.librechat.ai/docs/configuration/librechat_yaml/ai_endpoints/xai", "2026-11-22"],
    responses: ["https://docs.x.ai/developers/grok-4-5", "2026-11-28"],
  },
  dialect: chatCompletions({ history: "omit", usage: "asked" }),
  models,
  smallModel: "grok-4.20-non-reasoning",
  request: {} as { reasoning_effort?: "none" | "low" | "medium" | "high" | "xhigh" },
  parameters: {
    presence_penalty: { rejected: 400, models: /^grok-(4|build)/, source: "penalties" },
    frequency_penalty: { rejected: 400, models: /^grok-(4|build)/, source: "penalties" },
    stop: [
      { rejected: 400, models: /^grok-4\.[56]/, source: "levels" },
      { rejected: 400, models: /^grok-(4(?!.*non-reasoning)|build)/, when: thinking, source: "reasoning" },
    ],
    reasoning_effort: [
      // These two always reason.
      { rejected: 400, models: /^grok-4\.[56]/, when: { reasoning_effort: "none" }, source: "levels" },
      { rejected: 400, models: /^grok-4\.5/, when: { reasoning_effort: "xhigh" }, source: "levels" },
      { rejected: 400, models: /^grok-4\.20.*-(non-)?reasoning$/, source: "effort" },
      { rejected: 400, models: ["grok-build-0.1"], source: "build" },
    ],
  },
  refusals: { names: "first", wrongTypes: 422, source: "types" },
  messages: { fields: { system: ["content"], developer: ["content"] }, source: "names" },
  streaming: { toolCalls: "whole", usage: "own-chunk", source: "stream" },
  quirks: [{ name: "Usage reports the cost in ticks of 0.1 nanodollars.", source: "stream", chunk: readCost }],
  errors,
  metadata: ["system_fingerprint", "usage.num_sources_used", "usage.cost_in_usd_ticks"],
  librechat: { name: "xai", responses: "served", source: "librechat" },
});

/** Completion tokens exclude reasoning, so a cost computed from prices would be too low. The endpoint's own cost is right. */
function readCost(chunk: JsonObject): JsonObject {
  const usage = chunk["usage"] as JsonObject | null | undefined;
  const ticks = usage?.["cost_in_usd_ticks"];
  return typeof ticks === "number" ? { ...chunk, usage: { ...usage, cost: ticks / 1e10 } } : chunk;
}
