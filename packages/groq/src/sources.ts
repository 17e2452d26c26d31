const docs = "https://console.groq.com/docs";
const github = "https://github.com";
const vercel = "https://github.com/vercel/ai/blob/ed857f50f112e23930b0c2dd8d532cc8bebbc911/packages/groq/src";
const pydantic =
  "https://github.com/pydantic/pydantic-ai/blob/4fda38988f2939fa6ea9cdefcf120693e10ef491/tests/models/cassettes/test_groq";

/** Each page, with the day on which it was read. */
export const sources = {
  compatibility: [`${docs}/openai`, "2026-11-22"],
  sdk: ["https://www.npmjs.com/package/groq-sdk/v/1.6.0", "2026-11-22"],
  errors: [`${docs}/errors`, "2026-11-22"],
  limits: [`${docs}/rate-limits.md`, "2026-11-22"],
  unknownPath: ["https://github.com/theJayTea/WritingTools/issues/263", "2026-11-28"],
  flex: [`${docs}/flex-processing`, "2026-11-22"],
  schema: [`${docs}/structured-outputs`, "2026-11-22"],
  reasoning: [`${docs}/reasoning`, "2026-11-22"],
  retired: [`${github}/gsd-build/gsd-2/pull/4273`, "2026-11-22"],
  retirement: [`${github}/papi-ai/groq/releases/tag/v0.15.2`, "2026-11-22"],
  prices: ["https://www.npmjs.com/package/@pydantic/genai-prices/v/0.1.8", "2026-11-22"],
  profiles: [
    `${github}/langchain-ai/langchainjs/blob/main/libs/providers/langchain-groq/src/profiles.ts`,
    "2026-11-22",
  ],
  history: [`${github}/vercel/ai/issues/8056`, "2026-11-28"],
  refusals: [`${github}/ai-shifu/ChatALL/issues/901`, "2026-11-28"],
  windows: [`${github}/anomalyco/models.dev/tree/dev/providers/groq/models`, "2026-11-28"],
  qwen: [`${github}/braintrustdata/braintrust-proxy/pull/1073`, "2026-11-22"],
  unsupported: [`${github}/ServiceStack/llms/issues/17`, "2026-11-22"],
  nulls: [`${github}/BerriAI/litellm/issues/5839`, "2026-11-22"],
  tooLarge: [`${github}/continuedev/continue/issues/10218`, "2026-11-22"],
  notFound: [`${pydantic}/test_tool_regular_error.yaml`, "2026-11-22"],
  toolUse: [`${pydantic}/test_tool_use_failed_error_streaming.yaml`, "2026-11-22"],
  usage: [`${pydantic}/test_groq_model_thinking_part_iter.yaml`, "2026-11-22"],
  stream: [`${vercel}/__fixtures__/groq-tool-call.chunks.txt`, "2026-11-22"],
  librechat: ["https://www.librechat.ai/docs/configuration/librechat_yaml/ai_endpoints/groq", "2026-11-22"],
  responses: [`${docs}/responses-api`, "2026-11-28"],
} as const;
