import type { ChatRequest, Definition, Source } from "@llm-provider/core";
import { decide } from "@llm-provider/core/rules";
import { simulateRequest, type UiParameters } from "../simulate-request.ts";
import type { LibreChatEndpoint } from "../librechat-endpoint.ts";
import type { Target } from "../target.ts";

/** A wire field that LibreChat would send and the endpoint refuses, with the models for which it does. */
export type RefusedParameter = Refusal & { name: string; models: string[] };

/** Set by LibreChat itself or by the conversation: `dropParams` must not remove them. */
const never = new Set(["model", "messages", "stream", "tools", "input", "text"]);

/** Everything on LibreChat's wire that the endpoint would refuse for one of these models, whatever a person sets. */
export function refusedParameters(
  definition: Definition,
  endpoint: LibreChatEndpoint,
  models: readonly string[],
  target: Target,
): RefusedParameter[] {
  const found = new Map<string, RefusedParameter>();
  for (const model of models) {
    for (const body of bodies(endpoint, model, target)) {
      for (const name of Object.keys(body)) {
        const refusal = never.has(name) ? undefined : refusalOf(definition, name, body);
        if (!refusal) continue;
        const known = found.get(name) ?? { name, ...refusal, models: [] };
        if (!known.models.includes(model)) known.models.push(model);
        found.set(name, known);
      }
    }
  }
  return [...found.values()];
}

/** The plain request, and one with an effort. */
function bodies(endpoint: LibreChatEndpoint, model: string, target: Target): ChatRequest[] {
  const parameters = sendableParameters(model);
  return [parameters, { ...parameters, reasoning_effort: "low" }].map((ui) => ({
    messages: [],
    ...simulateRequest(endpoint, ui, { target }),
    model,
  }));
}

/** Settings that a person can make in LibreChat for a custom endpoint, as sent; the values are ordinary. */
export function sendableParameters(model: string): UiParameters {
  return {
    model,
    temperature: 0.7,
    top_p: 0.9,
    frequency_penalty: 0.5,
    presence_penalty: 0.5,
    max_tokens: 1000,
    stop: ["END"],
  };
}

/** An endpoint's refusal of one field of a body; `only` is the single value that it takes. */
export interface Refusal {
  status: number;
  source: Source;
  only?: number;
}

/**
 * Does the endpoint refuse this field of a body as it is? LibreChat neither renames nor maps nor clamps values, so
 * an old name counts as unknown. Ranges and lists of values are up to the person; a conflict involves another field.
 */
export function refusalOf(definition: Definition, name: string, body: ChatRequest): Refusal | undefined {
  for (const { parameter, rule, endpoint } of decide(definition, body)) {
    if (parameter !== name || typeof endpoint === "string") continue;
    const source = rule?.source ?? definition.unknownParameters?.source;
    if (!source || (rule && ("values" in rule || "conflictsWith" in rule || "set" in rule))) continue;
    if (!rule || !("range" in rule)) return { status: endpoint.refuses, source };
    const [least, most] = rule.range;
    // If only one value is taken, any other setting is refused.
    if (least === most) return { status: endpoint.refuses, source, only: least };
  }
  return undefined;
}
