import type { LibreChatEndpoint } from "../../packages/librechat/src/librechat-endpoint.ts";
import type { GoldenCase } from "./golden-cases.ts";

const models = `m gpt-5-mini gpt-5-chat-latest gpt-5.1 gpt-6-sol o3 o1-mini gpt-4o-search-preview gpt-4.1 gpt-5.1-codex
  deepseek-flash openai/gpt-oss-120b anthropic/claude-sonnet-4.6 anthropic/claude-3.5-sonnet mistral-large-2512`.split(
  /\s+/,
);

/** Every parameter that something on the way renames, moves, drops or ignores, and some others. */
const values: { [name: string]: unknown } = {
  temperature: 0.5,
  top_p: 0.8,
  topP: 0.9,
  frequency_penalty: 0.4,
  frequencyPenalty: 0.3,
  presence_penalty: 0.2,
  presencePenalty: 0.1,
  max_tokens: 78,
  maxTokens: 77,
  maxCompletionTokens: 79,
  max_completion_tokens: 80,
  stop: ["a"],
  stopSequences: ["b"],
  user: "other",
  n: 2,
  logitBias: { 5: 1 },
  logit_bias: { 6: 1 },
  logprobs: true,
  topLogprobs: 2,
  top_logprobs: 3,
  reasoning: { effort: "low" },
  reasoning_effort: "low",
  reasoning_summary: "auto",
  service_tier: "flex",
  tools: [],
  tool_choice: "auto",
  response_format: { type: "json_object" },
  seed: 7,
  stream_options: { include_usage: true },
  parallel_tool_calls: false,
  streamUsage: true,
  streaming: false,
  disableStreaming: true,
  stream: false,
  verbosity: "low",
  web_search: true,
  useResponsesApi: true,
  safe_prompt: true,
  metadata: { a: "b" },
  model: "other",
  modelName: "named",
  thinking: { type: "disabled" },
  include_reasoning: false,
  plugins: [1],
  promptCache: false,
  promptCacheTtl: "5m",
  prompt_cache_key: "key",
  top_k: 4,
  text: { a: 1 },
  modalities: ["text"],
};
const panel = `temperature top_p frequency_penalty presence_penalty max_tokens stop reasoning_effort reasoning_summary
  verbosity disableStreaming promptCache`.split(/\s+/);
const droppable = `temperature top_p topP frequency_penalty frequencyPenalty presence_penalty presencePenalty max_tokens
  maxTokens max_completion_tokens stop user reasoning_effort reasoning_summary reasoning web_search promptCache
  safe_prompt useResponsesApi verbosity n`.split(/\s+/);

/** Random cases, the same for the same seed. */
export function randomCases(count: number, seed: number): GoldenCase[] {
  const random = randomNumbers(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const some = (names: readonly string[], share: number): string[] => names.filter(() => random() < share);
  const valued = (names: readonly string[]): { [name: string]: unknown } =>
    Object.fromEntries(names.map((name) => [name, values[name]]));

  return Array.from({ length: count }, (_, index): GoldenCase => {
    const name = pick(["Acme", "Acme", "Acme", "Deepseek", "OpenRouter", "xai"]);
    const model = pick(models);
    const reasoningFormat = pick([undefined, undefined, "reasoning_object", "disabled", "reasoning_effort"] as const);
    const definitions = random() < 0.3 ? some(panel, 0.3).map((key) => ({ key, default: values[key] })) : undefined;
    const asked = valued(some(panel, 0.3));
    if (random() < 0.1) asked["web_search"] = true;
    return {
      name: `by chance ${seed}.${index}`,
      endpoint: {
        name,
        apiKey: "key",
        baseURL: name === "OpenRouter" ? "https://openrouter.ai/api/v1" : "https://api.acme.ai/v1",
        models: { default: [model] },
        addParams: valued(some(Object.keys(values), 0.05)),
        dropParams: some(droppable, 0.1),
        customParams: {
          ...(definitions && { paramDefinitions: definitions }),
          ...(reasoningFormat && { reasoningFormat }),
        },
      } as LibreChatEndpoint,
      parameters: { ...asked, model },
      call: "chat",
    };
  });
}

/** mulberry32. */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
