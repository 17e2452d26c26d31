import type { Client } from "../librechat-names.ts";
import { asValues, type Values } from "./values.ts";

/** Writes each client's form of its `reasoning` option; OpenRouter's merges it with the field and has a switch. */
export function bodyReasoning(body: Values, options: Values, client: Client): void {
  const own = asValues(options["reasoning"]);
  const takesEffort = client.isDefault || isReasoningModel(String(body["model"]));
  if (takesEffort && own?.["effort"] !== undefined) body["reasoning_effort"] = own["effort"];
  if (!client.isRouter) return;
  const field = asValues(body["reasoning"]);
  delete body["reasoning_effort"];
  if (field || own) body["reasoning"] = { ...field, ...own };
  else if (options["include_reasoning"] === true) body["reasoning"] = { enabled: true };
  else delete body["reasoning"];
}

/** Models that LibreChat's client treats as reasoning models: it sends them `max_completion_tokens`. */
export function isReasoningModel(model: string): boolean {
  return /^o\d/.test(model) || (model.startsWith("gpt-5") && !model.startsWith("gpt-5-chat"));
}
