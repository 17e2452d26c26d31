import { modelInfo } from "@llm-provider/core/internal";
import { replaysThinking } from "../../librechat-names.ts";
import { asRecord } from "../as-record.ts";
import { isMisspelt } from "../suggest-key.ts";
import type { Rule } from "../rule.ts";

export const reasoningOption: Rule = {
  id: "reasoning-option",
  severity: "warning",
  why: "LibreChat's engine copies `delta.reasoning` to `reasoning_content` itself. With `reasoningKey: reasoning` it finds no thoughts while streaming, and shows them below the answer (measured with engines 3.2.32, 3.2.57 and 3.9.2).",
  *check({ endpoints }) {
    for (const { path, value, label, definition, models, client } of endpoints) {
      if (client.isRouter || !client.sendsChat) continue;
      const custom = asRecord(value["customParams"]);
      if (custom["reasoningKey"] === "reasoning") {
        yield {
          at: { key: [...path, "customParams", "reasoningKey"] },
          message: `With \`reasoningKey: reasoning\`, LibreChat shows the thoughts of ${label} below the answer, or not at all.`,
          fix: "Delete `reasoningKey`: LibreChat reads both names by itself.",
        };
      }
      if (!definition) continue;
      const known = models.filter((model) => Object.hasOwn(definition.models, model));
      const thinks =
        known.length === 0 || known.some((model) => modelInfo(definition, model)!.features?.includes("reasoning"));
      if (!thinks || models.length === 0) continue;
      const settings = definition.dialect.settings;
      if (settings?.history === "omit" || settings?.reasoning !== "reasoning_content") continue;
      const isReplayed = (known.length > 0 ? known : models).every(replaysThinking);
      const isAsked = ["includeReasoningHistory", "includeReasoningContent"].some(
        (key) => custom[key] === true || isMisspelt(custom, key),
      );
      if (isReplayed || isAsked) continue;
      yield {
        at: { key: Object.hasOwn(value, "customParams") ? [...path, "customParams"] : path },
        message: `${label} does not send models their earlier thinking, which ${definition.name} ${settings.history === "required-with-tools" ? "requires when tools are called" : "uses"}.`,
        fix: "Set `customParams.includeReasoningHistory: true`.",
        why: "LibreChat sends it by itself only for model ids that begin with deepseek (https://github.com/danny-avila/LibreChat/pull/13921).",
      };
    }
  },
};
