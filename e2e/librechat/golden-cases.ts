// The requests whose wire bodies are golden files: each provider's exported endpoint, and the effects of renames, defaults,
// additions and drops.
import { toEndpoint } from "../../packages/librechat/src/index.ts";
import { sendableParameters } from "../../packages/librechat/src/endpoint/refused-parameters.ts";
import type { LibreChatEndpoint } from "../../packages/librechat/src/librechat-endpoint.ts";
import { definitions } from "./providers.ts";

export type GoldenCase = {
  name: string;
  endpoint: LibreChatEndpoint;
  parameters: { model: string; [name: string]: unknown };
  call: "chat" | "title";
};

const acme: LibreChatEndpoint = {
  name: "Acme",
  apiKey: "${ACME_API_KEY}",
  baseURL: "https://api.acme.ai/v1",
  models: { default: ["acme-large"] },
};
const openRouter: LibreChatEndpoint = { ...acme, name: "OpenRouter", baseURL: "https://openrouter.ai/api/v1" };
const everything = sendableParameters("acme-large");
const plain = { model: "acme-large" };
const penalties = ["stop", "user", "frequency_penalty", "presence_penalty"];

/** Named after what they show. */
const shown: [name: string, changes: Partial<LibreChatEndpoint>, parameters: GoldenCase["parameters"]][] = [
  ["nothing set", {}, plain],
  ["everything set", {}, everything],
  ["documented dropParams remove two of four", { dropParams: penalties }, everything],
  ["both spellings remove all four", { dropParams: [...penalties, "frequencyPenalty", "presencePenalty"] }, everything],
  ["max_tokens dropped by its wire name", { dropParams: ["max_tokens"] }, everything],
  ["maxTokens dropped", { dropParams: ["maxTokens"] }, everything],
  ["top_p and topP added", { addParams: { top_p: 0.1, topP: 0.2 } }, everything],
  ["penalties added by wire name", { addParams: { frequency_penalty: 0.1 } }, everything],
  ["max_tokens added", { addParams: { max_tokens: 5 } }, plain],
  ["max_tokens added over a person's", { addParams: { max_tokens: 5 } }, everything],
  ["max_completion_tokens added", { addParams: { max_completion_tokens: 5 } }, plain],
  ["stream_options added: no effect", { addParams: { stream_options: { include_usage: true } } }, plain],
  ["streamUsage added", { addParams: { streamUsage: true } }, plain],
  ["fields of the vendor added", { addParams: { safe_prompt: true, top_k: 4, metadata: { a: "b" } } }, plain],
  [
    "seed and response_format added: no effect",
    { addParams: { seed: 1, response_format: { type: "json_object" } } },
    plain,
  ],
  ["tools added", { addParams: { tools: [], tool_choice: "auto", parallel_tool_calls: false } }, plain],
  ["stream switched off", { addParams: { disableStreaming: true } }, plain],
  ["added and dropped", { addParams: { temperature: 0.1 }, dropParams: ["temperature"] }, plain],
  ["effort", {}, { ...plain, reasoning_effort: "high" }],
  [
    "effort as an object",
    { customParams: { reasoningFormat: "reasoning_object" } },
    { ...plain, reasoning_effort: "high" },
  ],
  ["effort disabled", { customParams: { reasoningFormat: "disabled" } }, { ...plain, reasoning_effort: "high" }],
  ["defaults", { customParams: { paramDefinitions: [{ key: "temperature", default: 0.3 }] } }, plain],
  [
    "defaults under a person's",
    { customParams: { paramDefinitions: [{ key: "temperature", default: 0.3 }] } },
    everything,
  ],
  ["a model of the gpt-5 kind", {}, { ...everything, model: "gpt-5-mini" }],
  ["a model of the o kind", {}, { ...everything, model: "o4-mini", reasoning_effort: "low" }],
  ["web search goes to /responses", {}, { ...plain, web_search: true }],
  ["web search dropped", { dropParams: ["web_search"] }, { ...plain, web_search: true }],
];

const routed: typeof shown = [
  ["nothing set", {}, plain],
  ["everything set", {}, { ...everything, reasoning_effort: "high" }],
  ["web search", {}, { ...plain, web_search: true }],
  ["cache dropped", { dropParams: ["promptCache"] }, plain],
  ["a model of Anthropic", {}, { model: "anthropic/claude-sonnet-4.6", reasoning_effort: "low" }],
];

export const goldenCases: readonly GoldenCase[] = [
  ...definitions.flatMap((definition): GoldenCase[] => {
    // Windows and prices do not affect a request.
    const { tokenConfig: _tokenConfig, ...exported } = toEndpoint(definition, { target: "0.8.8", keys: "env" });
    const [first] = Object.keys(definition.models);
    return [...new Set([definition.smallModel, first!])].flatMap((model): GoldenCase[] => {
      const endpoint = { ...exported, models: { default: [model] } };
      const all = { ...sendableParameters(model), reasoning_effort: "low", web_search: true };
      return [
        { name: `${definition.name}: ${model}`, endpoint, parameters: { model }, call: "chat" },
        { name: `${definition.name}: ${model}, everything set`, endpoint, parameters: all, call: "chat" },
        { name: `${definition.name}: ${model}, title`, endpoint, parameters: all, call: "title" },
      ];
    });
  }),
  ...shown.map(([name, changes, parameters]): GoldenCase => ({
    name,
    endpoint: { ...acme, ...changes },
    parameters,
    call: "chat",
  })),
  ...["added in a title", "dropped in a title"].map((name, index): GoldenCase => ({
    name,
    endpoint: {
      ...acme,
      titleModel: "acme-small",
      ...(index ? { dropParams: ["user"] } : { addParams: { a: 1, temperature: 1 } }),
    },
    parameters: everything,
    call: "title",
  })),
  ...routed.map(([name, changes, parameters]): GoldenCase => ({
    name: `OpenRouter's client: ${name}`,
    endpoint: { ...openRouter, ...changes },
    parameters,
    call: "chat",
  })),
];
