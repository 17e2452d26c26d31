import type { SimulatedEndpoint } from "./librechat-endpoint.ts";

/*
 * The names that LibreChat's own code compares with. No other file of this package asks for a vendor's name. Read in v0.8.7
 * (packages/api/src/endpoints/openai/config.ts, endpoints/config/providers.ts, endpoints/custom/initialize.ts) and in
 * librechat-data-provider 0.8.524; which name gets which client was measured with @librechat/agents 3.9.2.
 */

/** A client class of LibreChat's engine that an endpoint of `endpoints.custom` may run through. */
export interface Client {
  readonly name: "openai" | "deepseek" | "openrouter" | "xai" | "anthropic" | "google";
  /** It sends Chat Completions; the others have other wire formats. */
  readonly sendsChat: boolean;
  /** LibreChat's switches may send its requests to `/responses`, even if the endpoint does not have it. */
  readonly usesResponses: boolean;
  /** It serves many vendors and has parameters for them: a reasoning switch, plugins, a prompt cache. */
  readonly isRouter: boolean;
  /** It is the client for any name that does not choose one. */
  readonly isDefault: boolean;
  /** Fields that it removes from every request. */
  readonly removes: readonly string[];
}

const chat = { sendsChat: true, usesResponses: true, isRouter: false, isDefault: false, removes: [] } as const;
const foreign = { ...chat, sendsChat: false, usesResponses: false } as const;
const clients: { readonly [name in Client["name"]]: Client } = {
  openai: { ...chat, name: "openai", isDefault: true },
  openrouter: { ...chat, name: "openrouter", isRouter: true },
  deepseek: { ...chat, name: "deepseek", usesResponses: false },
  xai: {
    ...chat,
    name: "xai",
    usesResponses: false,
    removes: ["frequency_penalty", "presence_penalty", "logit_bias"],
  },
  anthropic: { ...foreign, name: "anthropic" },
  google: { ...foreign, name: "google" },
};

/** The parts of an endpoint that choose its client. */
export type ClientFacts = Pick<SimulatedEndpoint, "name" | "baseURL" | "customParams" | "provider">;

/** The client that LibreChat picks: by the endpoint's name, and for the router by a part of its name or URL. */
export function clientOf(endpoint: ClientFacts): Client {
  const name = (endpoint.name ?? "").toLowerCase();
  const parameters = endpoint.customParams?.defaultParamsEndpoint;
  if (endpoint.provider === "anthropic" || parameters === "anthropic") return clients.anthropic;
  if (parameters === "google") return clients.google;
  if (parameters === "openrouter" || namesRouter(name) || namesRouter(endpoint.baseURL)) return clients.openrouter;
  return name === "deepseek" || name === "xai" ? clients[name] : clients.openai;
}

function namesRouter(text: string | null | undefined): boolean {
  return text?.toLowerCase().includes("openrouter") === true;
}

/** The vendor whose client an endpoint's name chooses, if it chooses one. */
export function vendorChosenBy(name: string): string | undefined {
  const plain = name.toLowerCase();
  return namesRouter(plain) ? "openrouter" : ["deepseek", "xai", "moonshot"].find((one) => one === plain);
}

/** Names that LibreChat compares regardless of case, since they choose a client. */
export const caselessNames: ReadonlySet<string> = new Set(["deepseek", "xai", "moonshot", "openrouter", "ollama"]);

/** The built-in endpoints. */
export const builtInEndpoints: readonly string[] = [
  "azureOpenAI",
  "openAI",
  "google",
  "anthropic",
  "assistants",
  "azureAssistants",
  "agents",
  "bedrock",
];

/** The built-in endpoint whose models are listed in groups. */
export const groupedEndpoint = "azureOpenAI";

/** Names that choose a built-in client in any case, whatever the endpoint's URL and key. */
export const builtInClients: ReadonlySet<string> = new Set(["google", "anthropic", "bedrock", "vertexai"]);

/** The .env variables that configure each built-in endpoint, as an entry configures a custom one. */
export const builtInVariables: {
  readonly [endpoint: string]: { readonly apiKey: string; readonly models: string; readonly baseURL?: string };
} = {
  openAI: { apiKey: "OPENAI_API_KEY", models: "OPENAI_MODELS", baseURL: "OPENAI_REVERSE_PROXY" },
  google: { apiKey: "GOOGLE_KEY", models: "GOOGLE_MODELS", baseURL: "GOOGLE_REVERSE_PROXY" },
  anthropic: { apiKey: "ANTHROPIC_API_KEY", models: "ANTHROPIC_MODELS", baseURL: "ANTHROPIC_REVERSE_PROXY" },
  assistants: { apiKey: "ASSISTANTS_API_KEY", models: "ASSISTANTS_MODELS", baseURL: "ASSISTANTS_BASE_URL" },
  bedrock: { apiKey: "BEDROCK_AWS_ACCESS_KEY_ID", models: "BEDROCK_AWS_MODELS" },
};

/** The built-in endpoint that has the same name in the menu, in other letters. */
export function builtInOfName(name: string): string | undefined {
  return builtInEndpoints.find((one) => one.toLowerCase() === name.toLowerCase());
}

/** The most probable place of a key, if LibreChat knows its name at several places. */
export const nearestPlaces: { readonly [path: string]: string } = {
  "endpoints.agents": "actions",
  "endpoints.assistants": "actions",
};

/** Does the entry ask for the client of another wire format, the only one that `provider` may name? */
export function isForeignProvider(provider: unknown): boolean {
  return provider === "anthropic";
}

/** Does LibreChat send a model of this id its earlier thinking by itself? (https://github.com/danny-avila/LibreChat/pull/13921) */
export function replaysThinking(model: string): boolean {
  return /^~?deepseek(?:[-/]|$)/i.test(model);
}

/** Routed models that choose for themselves how long to think: Opus and Sonnet from 4.6 on, Fable and Mythos. */
export function choosesThinkingItself(id: string): boolean {
  if (!id.startsWith("anthropic/")) return false;
  if (/claude-(?:fable|mythos)/.test(id)) return true;
  const match =
    /claude-(?:opus|sonnet)[-.]?(\d+)(?:[-.](\d)(?!\d))?/.exec(id) ??
    /claude-(\d+)(?:[-.](\d)(?!\d))?-(?:opus|sonnet)/.exec(id);
  if (!match) return false;
  const [major, minor] = [Number(match[1]), Number(match[2] ?? 0)];
  return major > 4 || (major === 4 && minor >= 6);
}

/** Do they take `verbosity: max` for the highest effort? */
export function hasMaxVerbosity(id: string): boolean {
  return /claude[-.](?:opus|sonnet)[-.]4[-.]6|claude[-.]4[-.]6[-.](?:opus|sonnet)/.test(id);
}
