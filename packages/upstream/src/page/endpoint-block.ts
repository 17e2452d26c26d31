import { type LibreChatEndpoint, printEndpoint } from "@llm-provider/librechat";
import { parse } from "yaml";
import { refusal } from "../refusal.ts";

/** One item of `endpoints.custom`, indented as in librechat.yaml. */
export function endpointBlock(endpoint: LibreChatEndpoint): string {
  // Without the lines `endpoints:` and `custom:`.
  const text = printEndpoint(endpoint).trimEnd().split("\n").slice(2).join("\n");
  if (!text.includes("```")) return text;
  throw refusal(`The endpoint ${endpoint.name} contains three backticks, which would end the block on the page.`);
}

/** The endpoint in a page's block. Anybody may have written it, so its values may have any type. */
export interface PageEndpoint {
  readonly [key: string]: unknown;
}

/** The endpoint of a page's block; undefined for any other block. */
export function readEndpointBlock(text: string): PageEndpoint | undefined {
  try {
    // Otherwise a warning would be printed.
    const items: unknown = parse(text, { logLevel: "error" });
    const [first] = Array.isArray(items) ? (items as unknown[]) : [];
    const isEndpoint = typeof first === "object" && first !== null && "name" in first && "baseURL" in first;
    return isEndpoint ? (first as PageEndpoint) : undefined;
  } catch {
    return undefined;
  }
}

/** The model ids that an endpoint of librechat.yaml names. */
export function modelsOf(endpoint: {
  readonly models?: unknown;
  readonly titleModel?: unknown;
  readonly summaryModel?: unknown;
}): string[] {
  const listed = (endpoint.models as { default?: unknown } | null | undefined)?.default;
  const models = [...(Array.isArray(listed) ? (listed as unknown[]) : []), endpoint.titleModel, endpoint.summaryModel];
  const names = models.map((model) =>
    typeof model === "object" && model !== null ? (model as { name?: unknown }).name : model,
  );
  return [...new Set(names.filter((name): name is string => typeof name === "string" && name !== "current_model"))];
}
