import type { LibreChatEndpoint } from "../librechat-endpoint.ts";

/** The client classes of LibreChat's engine that an endpoint of `endpoints.custom` may run through. */
export type Client = "openai" | "deepseek" | "openrouter" | "xai" | "anthropic" | "google";

/** The client that LibreChat picks: by the endpoint's name, and for OpenRouter by a part of its name or URL. */
export function clientOf(endpoint: Pick<LibreChatEndpoint, "name" | "baseURL" | "customParams" | "provider">): Client {
  const name = endpoint.name.toLowerCase();
  const parameters = endpoint.customParams?.defaultParamsEndpoint;
  if (endpoint.provider === "anthropic" || parameters === "anthropic") return "anthropic";
  if (parameters === "google") return "google";
  if (parameters === "openrouter" || isOpenRouterText(name) || isOpenRouterText(endpoint.baseURL)) return "openrouter";
  return name === "deepseek" || name === "xai" ? name : "openai";
}

function isOpenRouterText(text: string): boolean {
  return text.toLowerCase().includes("openrouter");
}
