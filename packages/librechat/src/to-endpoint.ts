import type { Definition } from "@llm-provider/core";
import { cataloguePart } from "./endpoint/catalogue-part.ts";
import type { ExplainedLine, Part } from "./endpoint/explained-line.ts";
import { identityPart } from "./endpoint/identity-part.ts";
import { parameterPart } from "./endpoint/parameter-part.ts";
import type { LibreChatEndpoint } from "./librechat-endpoint.ts";
import type { Target } from "./target.ts";

export type EndpointOptions = {
  /** The LibreChat release for which the entry is written. */
  target: Target;
  /** `env`: one key from the environment; `user`: each user enters their own. */
  keys: "env" | "user";
};

/** The order in which LibreChat's own documentation writes an endpoint's keys. */
const order = [
  "name",
  "apiKey",
  "baseURL",
  "models",
  "titleConvo",
  "titleModel",
  "modelDisplayLabel",
  "headers",
  "addParams",
  "dropParams",
  "customParams",
  "tokenConfig",
  "streamRate",
] as const satisfies readonly (keyof LibreChatEndpoint)[];

/**
 * A definition as an item of `endpoints.custom` in librechat.yaml, with the parameters, windows and prices that LibreChat
 * does not know by itself. Throws for a wire format that LibreChat does not speak.
 */
export function toEndpoint(definition: Definition, options: EndpointOptions): LibreChatEndpoint {
  return describe(definition, options).endpoint;
}

/** The fact behind each line of `toEndpoint`, and its source. */
export function explainEndpoint(definition: Definition, options: EndpointOptions): ExplainedLine[] {
  return describe(definition, options).lines;
}

function describe(
  definition: Definition,
  { target, keys }: EndpointOptions,
): { endpoint: LibreChatEndpoint; lines: ExplainedLine[] } {
  if (!definition.dialect.settings && !definition.librechat?.baseURL) {
    throw new Error(
      `LibreChat talks OpenAI Chat Completions to custom endpoints; ${definition.name} speaks "${definition.dialect.name}". Give LibreChat an OpenAI-compatible URL of it, if there is one.`,
    );
  }
  const identity = identityPart(definition, keys);
  const catalogue = cataloguePart(definition);
  const base = { ...identity.keys, ...catalogue.keys } as LibreChatEndpoint;
  const parts: Part[] = [identity, catalogue, parameterPart(definition, base, target)];
  const all: Partial<LibreChatEndpoint> = Object.assign({}, ...parts.map((part) => part.keys));
  const endpoint = Object.fromEntries(
    order.flatMap((key) => (key in all ? [[key, all[key]]] : [])),
  ) as LibreChatEndpoint;
  return { endpoint, lines: parts.flatMap((part) => part.lines) };
}
