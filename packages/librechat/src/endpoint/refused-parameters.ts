import type { ChatRequest, Definition } from "@llm-provider/core";
import { simulateRequest } from "../simulate-request.ts";
import type { LibreChatEndpoint } from "../librechat-endpoint.ts";
import type { Target } from "../target.ts";
import { refusalOf, type Refusal } from "./refusal-of.ts";
import { sendableParameters } from "./sendable-parameters.ts";

/** A wire field that LibreChat would send and the endpoint refuses, with the models for which it does. */
export type RefusedParameter = Refusal & { name: string; models: string[] };

/** Set by LibreChat itself or by the conversation: not for `dropParams` to take out. */
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

/** The plain request, and the one of a person who has set an effort. */
function bodies(endpoint: LibreChatEndpoint, model: string, target: Target): ChatRequest[] {
  const parameters = sendableParameters(model);
  return [parameters, { ...parameters, reasoning_effort: "low" }].map((ui) => ({
    messages: [],
    ...simulateRequest(endpoint, ui, { target }),
    model,
  }));
}
