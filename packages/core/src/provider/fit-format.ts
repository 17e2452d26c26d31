import type { Change } from "../chat/chat-result.ts";
import type { ChatRequest } from "../chat/chat-request.ts";
import type { JsonObject } from "../json.ts";
import { modelInfo } from "../definition/model-info.ts";
import type { Provider } from "./provider.ts";

export interface FittedRequest {
  readonly request: ChatRequest;
  /** What core will change in it. Empty if the request is refused: the call itself says why. */
  readonly changes: readonly Change[];
  /** The schema is in the prompt, so the reader of the answer has to check it. */
  readonly isJsonMode: boolean;
}

/** A request for an answer by a schema; in JSON mode if its model or endpoint takes no schema. Other requests stay as they are. */
export function fitFormat(provider: Provider, request: ChatRequest): FittedRequest {
  const inJsonMode = toJsonMode(request);
  const changes = inJsonMode && !knowsSchemas(provider, request.model) ? undefined : changesOf(provider, request);
  if (changes || !inJsonMode) return { request, changes: changes ?? [], isJsonMode: false };
  return { request: inJsonMode, changes: changesOf(provider, inJsonMode) ?? [], isJsonMode: true };
}

/** Does the catalogue say that the model takes a schema? For an unknown model, or without a definition, yes is assumed. */
export function knowsSchemas({ definition }: Provider, model: string): boolean {
  const { features } = (definition && modelInfo(definition, model)) ?? {};
  return features === undefined || features.includes("schema");
}

function toJsonMode(request: ChatRequest): ChatRequest | undefined {
  const schema: unknown = request.response_format?.["json_schema"]?.schema;
  if (schema === undefined) return undefined;
  const content = `Answer with one JSON object and nothing else. It must match this JSON Schema: ${JSON.stringify(schema)}`;
  const messages = [{ role: "system" as const, content }, ...request.messages];
  return { ...request, messages, response_format: { type: "json_object" } };
}

function changesOf(provider: Provider, request: ChatRequest): readonly Change[] | undefined {
  try {
    return provider.prepare(request).changes;
  } catch {
    return undefined;
  }
}

/** Strict mode wants every object closed and every property required; endpoints refuse it for other schemas. */
export function canBeStrict(schema: unknown): boolean {
  if (typeof schema !== "object" || schema === null) return true;
  const { type, properties, required, additionalProperties } = schema as JsonObject;
  if (type === "object" || (type === undefined && properties)) {
    const named = Array.isArray(required) ? required : [];
    if (additionalProperties !== false || !Object.keys(properties ?? {}).every((name) => named.includes(name)))
      return false;
  }
  return Object.values(schema).every(canBeStrict);
}
