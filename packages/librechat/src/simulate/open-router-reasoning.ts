import type { Json } from "@llm-provider/core";
import { isRoutedClaude } from "../librechat-names.ts";
import type { Values } from "./values.ts";

const verbosityOfEffort: { [effort: string]: string } = {
  minimal: "low",
  low: "low",
  medium: "medium",
  high: "high",
  xhigh: "xhigh",
  max: "max",
};

/** How LibreChat asks OpenRouter for reasoning: switched on when nothing is said; on Claude models that adapt, by verbosity. */
export function openRouterReasoning(model: string, effort: Json | undefined, options: Values, fields: Values): void {
  if (typeof effort !== "string" || effort === "") {
    options["include_reasoning"] = true;
    return;
  }
  const id = model.toLowerCase().replace(/^~/, "");
  if (!isRoutedClaude(id) || !isAdaptive(id)) {
    fields["reasoning"] = { effort };
    return;
  }
  const isClaude46 = /claude[-.](?:opus|sonnet)[-.]4[-.]6|claude[-.]4[-.]6[-.](?:opus|sonnet)/.test(id);
  const verbosity = effort === "xhigh" && isClaude46 ? "max" : verbosityOfEffort[effort];
  if (verbosity && options["verbosity"] === undefined) options["verbosity"] = verbosity;
  if (effort === "none") options["include_reasoning"] = false;
  else fields["reasoning"] = { enabled: true };
}

/** Claude models that choose for themselves how long to think: Opus and Sonnet from 4.6 on, Fable and Mythos. */
function isAdaptive(id: string): boolean {
  if (/claude-(?:fable|mythos)/.test(id)) return true;
  const match =
    /claude-(?:opus|sonnet)[-.]?(\d+)(?:[-.](\d)(?!\d))?/.exec(id) ??
    /claude-(\d+)(?:[-.](\d)(?!\d))?-(?:opus|sonnet)/.exec(id);
  if (!match) return false;
  const [major, minor] = [Number(match[1]), Number(match[2] ?? 0)];
  return major > 4 || (major === 4 && minor >= 6);
}
