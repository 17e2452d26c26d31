import type { Definition } from "@llm-provider/core";
import type { LibreChatEndpoint } from "../librechat-endpoint.ts";

/** What a guide page is made of. */
export type Guide = {
  readonly definition: Definition;
  /** What `toEndpoint` exports. */
  readonly endpoint: LibreChatEndpoint;
  /** A name that the icon map has. */
  readonly icon: string;
};

/** The variable that holds the key; absent when the endpoint takes none. */
export function keyVariable({ endpoint }: Pick<Guide, "endpoint">): string | undefined {
  return /^\$\{(\w+)\}$/.exec(endpoint.apiKey)?.[1];
}

/** The model ids that an endpoint of librechat.yaml names. */
export function modelsOf(endpoint: {
  readonly models?: unknown;
  readonly titleModel?: unknown;
  readonly summaryModel?: unknown;
}): string[] {
  const listed = (endpoint.models as { default?: unknown } | undefined)?.default;
  const models = [...(Array.isArray(listed) ? (listed as unknown[]) : []), endpoint.titleModel, endpoint.summaryModel];
  const names = models.map((model) =>
    typeof model === "object" && model !== null ? (model as { name?: unknown }).name : model,
  );
  return [...new Set(names.filter((name): name is string => typeof name === "string" && name !== "current_model"))];
}
