import { parse } from "yaml";
import { asItem } from "../config/insert-entries.ts";
import { printBlock } from "../config/print-value.ts";
import type { LibreChatEndpoint } from "../librechat-endpoint.ts";
import { refusal } from "./refusal.ts";

/** One item of `endpoints.custom`, as deep as it stands in librechat.yaml. */
export function endpointBlock(endpoint: LibreChatEndpoint): string {
  const text = asItem(printBlock(endpoint), 2)
    .map((line) => `    ${line}`)
    .join("\n");
  if (!text.includes("```")) return text;
  throw refusal(`The endpoint ${endpoint.name} holds three backticks, which would end the block on the page.`);
}

/** What a page's block holds: anybody may have written it. */
export type PageEndpoint = { readonly [key: string]: unknown };

/** The endpoint of a page's block; absent when the block is something else. */
export function readEndpointBlock(text: string): PageEndpoint | undefined {
  try {
    const items: unknown = parse(text);
    const [first] = Array.isArray(items) ? (items as unknown[]) : [];
    const isEndpoint = typeof first === "object" && first !== null && "name" in first && "baseURL" in first;
    return isEndpoint ? (first as PageEndpoint) : undefined;
  } catch {
    return undefined;
  }
}
