import type { Definition } from "@llm-provider/core";
import { clientOf, type Client } from "../librechat-names.ts";
import type { LibreChatEndpoint } from "../librechat-endpoint.ts";
import type { Path } from "../config/config-path.ts";
import { keysAt } from "../schema/config-schema.ts";
import { asRecord } from "./as-record.ts";
import { goneKeys, suggestKey } from "./suggest-key.ts";

/** One item of `endpoints.custom`, with the known facts about its provider. */
export type EndpointView = {
  readonly path: Path;
  /** Its keys; a misspelt key is under its correct name, so that it does not cause further findings. */
  readonly value: { readonly [key: string]: unknown };
  /** The misspelt keys by their correct names. */
  readonly spellings: { readonly [key: string]: string };
  /** For messages: the name, or the place in the list. */
  readonly label: string;
  readonly name: string | undefined;
  /** With known variables expanded. */
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
    const { value, spellings } = readMisspelt(asRecord(item));
    const name = typeof value["name"] === "string" ? value["name"].trim() : undefined;
    const written = typeof value["baseURL"] === "string" ? value["baseURL"].trim() : undefined;
    const baseURL = written === undefined ? undefined : expandVariables(written, environment ?? {});
    return {
      path: ["endpoints", "custom", index],
      value,
      spellings,
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

const endpointKeys = keysAt(["endpoints", "custom", 0]);

/** Puts misspelt keys under their correct names. */
function readMisspelt(item: { readonly [key: string]: unknown }): Pick<EndpointView, "value" | "spellings"> {
  const value: { [key: string]: unknown } = {};
  const spellings: { [key: string]: string } = {};
  for (const [key, inner] of Object.entries(item)) {
    const open = endpointKeys.filter((name) => !Object.hasOwn(item, name) && !Object.hasOwn(spellings, name));
    const isKnown = endpointKeys.includes(key) || goneKeys.has(key);
    const meant = isKnown ? undefined : suggestKey(key, open);
    value[meant ?? key] = inner;
    if (meant !== undefined) spellings[meant] = key;
  }
  return { value, spellings };
}

function modelIds(endpoint: { readonly [key: string]: unknown }): string[] {
  const list = asRecord(endpoint["models"])["default"];
  if (!Array.isArray(list)) return [];
  return list.map((item) => (typeof item === "string" ? item : String(asRecord(item)["name"] ?? "")));
}

/** Replaces `${NAME}` in a text if the variable is set; LibreChat leaves the others unchanged. */
export function expandVariables(text: string, environment: { readonly [name: string]: string }): string {
  return text.replace(/\$\{([^}]+)\}/g, (whole, name: string) => environment[name] || whole);
}

/**
 * The provider behind an endpoint: the host of its URL decides, since a gateway may carry a provider's name. A provider
 * on the user's own machine has no host of its own, so its port decides.
 */
function findDefinition(baseURL: string | undefined, definitions: readonly Definition[]): Definition | undefined {
  const url = baseURL && URL.canParse(baseURL) ? new URL(baseURL) : undefined;
  if (!url) return undefined;
  return definitions.find((definition) => {
    const own = new URL(definition.librechat?.baseURL ?? definition.baseURL);
    if (own.hostname === "localhost") return url.port === own.port;
    return own.hostname === url.hostname;
  });
}
