import { asValues, type Values } from "./values.ts";

/** Models for which LibreChat itself removes the sampling parameters. */
const reasoningModels = /\b(o[13]|gpt-5)(?!\.|-chat)(?:-|$)/;
const reasoningDrops = ["frequencyPenalty", "presencePenalty", "temperature", "topP", "logitBias", "n", "logprobs"];
const searchModels = /gpt-4o.*search/;
const searchDrops = [
  "frequency_penalty",
  "presence_penalty",
  "reasoning",
  "reasoning_effort",
  "temperature",
  "top_p",
  "top_k",
  "stop",
  "logit_bias",
  "seed",
  "response_format",
  "n",
  "logprobs",
  "user",
];

/** Removes the parameters that the file and LibreChat itself drop, by literal key: `frequency_penalty` does not remove `frequencyPenalty`. */
export function dropParameters(model: string, dropParams: readonly string[], options: Values, fields: Values): void {
  const own = reasoningModels.test(model) ? reasoningDrops : searchModels.test(model) ? searchDrops : [];
  for (const name of [...dropParams, ...own]) {
    const part = reasoningParts[name];
    if (name === "reasoning_effort") {
      for (const target of [options, fields]) {
        delete target["reasoning"];
        delete target["reasoning_effort"];
      }
    } else if (part) {
      for (const target of [options, fields]) removeReasoningPart(target, part);
    } else {
      delete options[name];
      delete fields[name];
    }
  }
}

const reasoningParts: { [name: string]: string } = {
  reasoning_summary: "summary",
  reasoning_mode: "mode",
  reasoning_context: "context",
};

function removeReasoningPart(target: Values, part: string): void {
  const reasoning = asValues(target["reasoning"]);
  if (!reasoning) return;
  const { [part]: _, ...rest } = reasoning;
  if (Object.keys(rest).length > 0) target["reasoning"] = rest;
  else delete target["reasoning"];
}
