import type { Source } from "@llm-provider/core";

/** What LibreChat itself fixes about an endpoint, or what its OpenAI-compatible face differs in from the definition. */
export type KnownEndpoint = {
  /** The name in LibreChat's own documentation: identity, icon, and key of what its users have stored. */
  readonly name: string;
  /** Where the variable of the definition would do harm in LibreChat. */
  readonly env?: string;
  /** Where LibreChat needs another address than the definition: its OpenAI-compatible face. */
  readonly baseURL?: string;
  /** The list of the endpoint is live and right, so that LibreChat can fetch it. */
  readonly fetch?: true;
  /** Fetched by LibreChat for endpoints of this name: windows and prices of every model. */
  readonly fetchesTokenConfig?: true;
  /** `current_model` where a second model would have to be loaded. */
  readonly titleModel?: "current_model";
  /** The field in which this face streams reasoning. */
  readonly reasoningKey?: "reasoning";
  /** This face counts the tokens of a stream only when asked. */
  readonly usage?: "asked";
  /** Its web search works through LibreChat's switch. */
  readonly webSearch?: true;
  readonly source: Source;
};

const docs = "https://www.librechat.ai/docs/configuration/librechat_yaml/ai_endpoints/";
const read = "2026-11-22";

/** By the id of our definition. Everything else follows from the definition. */
export const knownEndpoints: { readonly [id: string]: KnownEndpoint } = {
  deepseek: { name: "Deepseek", source: [`${docs}deepseek`, read] },
  fireworks: { name: "Fireworks", source: [`${docs}fireworks`, read] },
  groq: { name: "groq", source: [`${docs}groq`, read] },
  mistral: { name: "Mistral", source: [`${docs}mistral`, read] },
  ollama: {
    name: "Ollama",
    baseURL: "http://localhost:11434/v1",
    fetch: true,
    titleModel: "current_model",
    reasoningKey: "reasoning",
    usage: "asked",
    source: [`${docs}ollama`, read],
  },
  openai: {
    name: "OpenAI",
    webSearch: true,
    source: ["https://www.librechat.ai/docs/configuration/pre_configured_ai/openai", read],
  },
  openrouter: {
    name: "OpenRouter",
    env: "OPENROUTER_KEY",
    fetch: true,
    fetchesTokenConfig: true,
    webSearch: true,
    source: [`${docs}openrouter`, read],
  },
  xai: { name: "xai", source: [`${docs}xai`, read] },
};

/** The entry for a definition; `undefined` for one that LibreChat does not know. */
export function knownEndpoint(id: string): KnownEndpoint | undefined {
  return Object.hasOwn(knownEndpoints, id) ? knownEndpoints[id] : undefined;
}
