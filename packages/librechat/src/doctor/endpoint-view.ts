import type { Definition } from "@llm-provider/core";
import { clientOf, type Client } from "../simulate/client-of.ts";
import type { LibreChatEndpoint } from "../librechat-endpoint.ts";
import type { Path } from "./check-outline.ts";
import { asRecord } from "./as-record.ts";
import { expandVariables } from "./expand-variables.ts";
import { findDefinition } from "./find-definition.ts";

/** One item of `endpoints.custom`, with what is known of the provider behind it. */
export type EndpointView = {
  readonly path: Path;
  readonly value: { readonly [key: string]: unknown };
  /** For messages: the name, or the place in the list. */
  readonly label: string;
  readonly name: string | undefined;
  /** With variables expanded, where they are known. */
  readonly baseURL: string | undefined;
  readonly client: Client;
  /** The ids of `models.default`. */
  readonly models: readonly string[];
  readonly definition: Definition | undefined;
};

export function viewEndpoints(
  config: { readonly [key: string]: unknown },
  definitions: readonly Definition[],
  environment: { readonly [name: string]: string } | undefined,
): EndpointView[] {
  const custom = asRecord(config["endpoints"])["custom"];
  if (!Array.isArray(custom)) return [];
  return custom.map((item, index) => {
    const value = asRecord(item);
    const name = typeof value["name"] === "string" ? value["name"].trim() : undefined;
    const written = typeof value["baseURL"] === "string" ? value["baseURL"].trim() : undefined;
    const baseURL = written === undefined ? undefined : expandVariables(written, environment ?? {});
    return {
      path: ["endpoints", "custom", index],
      value,
      label: name ? `"${name}"` : `endpoint ${index + 1}`,
      name,
      baseURL,
      client: clientOf({
        ...(value as Partial<LibreChatEndpoint>),
        name: name ?? "",
        baseURL: baseURL ?? "",
        customParams: asRecord(value["customParams"]),
      }),
      models: modelIds(value),
      definition: findDefinition(baseURL, definitions),
    };
  });
}

function modelIds(endpoint: { readonly [key: string]: unknown }): string[] {
  const list = asRecord(endpoint["models"])["default"];
  if (!Array.isArray(list)) return [];
  return list.map((item) => (typeof item === "string" ? item : String(asRecord(item)["name"] ?? "")));
}
