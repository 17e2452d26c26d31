import { vendorChosenBy } from "../../librechat-names.ts";
import type { Rule } from "../rule.ts";

export const clientName: Rule = {
  id: "client-name",
  severity: "warning",
  why: "The name chooses LibreChat's client: one that contains \"openrouter\" gets OpenRouter's fields and headers, and deepseek, xai and moonshot get their own clients (measured).",
  *check({ endpoints }) {
    for (const { path, name, definition, label } of endpoints) {
      if (!definition || !name) continue;
      const chosen = vendorChosenBy(name);
      if (!chosen || chosen === (definition.librechat?.name ?? definition.id).toLowerCase()) continue;
      yield {
        at: { value: [...path, "name"] },
        message: `The name ${label} makes LibreChat use its client for ${chosen}, but the endpoint is ${definition.name}'s.`,
        fix: `Call it "${definition.name}".`,
      };
    }
  },
};
