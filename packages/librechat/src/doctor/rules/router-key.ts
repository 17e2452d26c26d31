import type { Rule } from "../rule.ts";

export const routerKey: Rule = {
  id: "router-key",
  severity: "warning",
  why: "A variable named OPENROUTER_API_KEY re-routes LibreChat's built-in OpenAI endpoint through OpenRouter (https://www.librechat.ai/docs/configuration/librechat_yaml/ai_endpoints/openrouter; https://github.com/danny-avila/LibreChat/issues/7022).",
  *check({ endpoints }) {
    for (const { path, value } of endpoints) {
      if (value["apiKey"] !== "${OPENROUTER_API_KEY}") continue;
      yield {
        at: { value: [...path, "apiKey"] },
        message: "OPENROUTER_API_KEY has a special meaning in LibreChat.",
        fix: "Name the variable OPENROUTER_KEY here and in .env.",
      };
    }
  },
};
