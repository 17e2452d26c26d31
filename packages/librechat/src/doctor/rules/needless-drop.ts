import { type Definition } from "@llm-provider/core";
import { parameterRules, sourceOf } from "@llm-provider/core/internal";
import { workingSpelling } from "../../endpoint/drop-spellings.ts";
import type { Rule } from "../rule.ts";
import { takesParameter } from "../takes-parameter.ts";

/** Parameters that LibreChat's side panel can set or LibreChat itself sends, by each spelling that drops them. */
const wireNames: { readonly [written: string]: string } = {
  temperature: "temperature",
  top_p: "top_p",
  topP: "top_p",
  frequency_penalty: "frequency_penalty",
  frequencyPenalty: "frequency_penalty",
  presence_penalty: "presence_penalty",
  presencePenalty: "presence_penalty",
  max_tokens: "max_tokens",
  maxTokens: "max_tokens",
  stop: "stop",
  user: "user",
};

export const needlessDrop: Rule = {
  id: "needless-drop",
  severity: "info",
  why: "A parameter in `dropParams` no longer has an effect when a user sets it. Lists are copied from old documentation: Mistral refused the penalties in 2024 and takes them now.",
  *check({ endpoints }) {
    for (const { path, value, label, definition, models, client } of endpoints) {
      const { dropParams } = value;
      if (!definition || !Array.isArray(dropParams)) continue;
      for (const [index, name] of dropParams.entries()) {
        const wireName = typeof name === "string" && Object.hasOwn(wireNames, name) ? wireNames[name]! : undefined;
        if (!wireName || !takesParameter(definition, wireName, models)) continue;
        // LibreChat's own example recommends it there (v0.8.7, librechat.example.yaml): models of OpenRouter differ in it.
        if (client.isRouter && wireName === "stop") continue;
        // Another rule reports a spelling without effect.
        if (
          name === wireName &&
          wireName !== "top_p" &&
          workingSpelling(wireName) &&
          !dropParams.includes(workingSpelling(wireName))
        )
          continue;
        yield {
          at: { value: [...path, "dropParams", index] },
          message: `${definition.name} takes \`${wireName}\`, but ${label} drops it.`,
          fix: `Delete \`${name}\` from \`dropParams\`, so that ${wireName === "user" ? "the provider can tell users apart" : "users can set it"}.`,
          why: `${definition.name} accepts the parameter (${sourceUrl(definition, wireName)}); LibreChat's old documentation dropped it.`,
        };
      }
    }
  },
};

function sourceUrl(definition: Definition, name: string): string {
  const source = parameterRules(definition, name)[0]?.source ?? definition.unknownParameters?.source;
  return source ? sourceOf(definition, source).url : definition.docs;
}
