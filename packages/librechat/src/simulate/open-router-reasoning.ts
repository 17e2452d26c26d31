import type { Json } from "@llm-provider/core";
import { choosesThinkingItself, hasMaxVerbosity } from "../librechat-names.ts";
import type { Values } from "./values.ts";

const verbosityOfEffort: { [effort: string]: string } = {
  minimal: "low",
  low: "low",
  medium: "medium",
  high: "high",
  xhigh: "xhigh",
  max: "max",
};

/** How LibreChat asks OpenRouter for reasoning: on by default; for adaptive Claude models, by verbosity. */
export function openRouterReasoning(model: string, effort: Json | undefined, options: Values, fields: Values): void {
  if (typeof effort !== "string" || effort === "") {
    options["include_reasoning"] = true;
    return;
  }
  const id = model.toLowerCase().replace(/^~/, "");
  if (!choosesThinkingItself(id)) {
    fields["reasoning"] = { effort };
    return;
  }
  const verbosity = effort === "xhigh" && hasMaxVerbosity(id) ? "max" : verbosityOfEffort[effort];
  if (verbosity && options["verbosity"] === undefined) options["verbosity"] = verbosity;
  if (effort === "none") options["include_reasoning"] = false;
  else fields["reasoning"] = { enabled: true };
}
