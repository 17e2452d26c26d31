import { modelInfo } from "@llm-provider/core/internal";
import { replaysThinking } from "../../librechat-names.ts";
import { asRecord } from "../as-record.ts";
import { isMisspelt } from "../suggest-key.ts";
import type { Rule } from "../rule.ts";

export const reasoningOption: Rule = {
  id: "reasoning-option",
  severity: "warning",
  why: "LibreChat reads a model's thinking from `reasoning_content` unless told otherwise; elsewhere it stays unseen (https://github.com/danny-avila/LibreChat/issues/12775).",
  *check({ endpoints }) {
    for (const { path, value, label, definition, models, client } of endpoints) {
      if (!definition || client.isRouter || !client.sendsChat) continue;
      const known = models.filter((model) => Object.hasOwn(definition.models, model));
      const thinks =
        known.length === 0 || known.some((model) => modelInfo(definition, model)!.features?.includes("reasoning"));
      if (!thinks) continue;
      const settings = definition.dialect.settings;
      const custom = asRecord(value["customParams"]);
      if (isMisspelt(value, "customParams")) continue;
      const at = { key: Object.hasOwn(value, "customParams") ? [...path, "customParams"] : path };
      const wanted = settings?.reasoning === "reasoning" ? "reasoning" : undefined;
      const isTold =
        isMisspelt(custom, "reasoningKey") ||
        !["reasoning", "reasoning_content", undefined].includes(custom["reasoningKey"] as string | undefined);
      if (isTold) continue;
      if (wanted && custom["reasoningKey"] !== wanted) {
        const isWrong = Object.hasOwn(custom, "reasoningKey");
        yield {
          at: isWrong ? { value: [...path, "customParams", "reasoningKey"] } : at,
          message: `${definition.name} streams its thinking in \`${wanted}\`, where LibreChat does not look for ${label}.`,
          fix: `Set \`customParams.reasoningKey: ${wanted}\`.`,
        };
      } else if (!wanted && settings?.reasoning === "reasoning_content" && custom["reasoningKey"] === "reasoning") {
        yield {
          at: { value: [...path, "customParams", "reasoningKey"] },
          message: `${definition.name} streams its thinking in \`reasoning_content\`; with this, LibreChat does not find it.`,
          fix: "Delete `reasoningKey`.",
        };
      }
      const needsHistory = settings?.history !== "omit" && settings?.reasoning === "reasoning_content";
      const isReplayed = (known.length > 0 ? known : models).every(replaysThinking);
      if (
        needsHistory &&
        models.length > 0 &&
        !isReplayed &&
        custom["includeReasoningHistory"] !== true &&
        custom["includeReasoningContent"] !== true
      ) {
        yield {
          at,
          message: `${label} does not give models their own thinking back, which ${definition.name} ${settings.history === "required-with-tools" ? "demands when tools are called" : "makes use of"}.`,
          fix: "Set `customParams.includeReasoningHistory: true`.",
          why: "LibreChat sends it by itself only for model ids that begin with deepseek (https://github.com/danny-avila/LibreChat/pull/13921).",
        };
      }
    }
  },
};
