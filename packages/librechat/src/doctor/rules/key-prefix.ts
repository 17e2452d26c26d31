import type { Rule } from "../rule.ts";

export const keyPrefix: Rule = {
  id: "key-prefix",
  severity: "error",
  why: "LibreChat's client writes `Authorization: Bearer` before the key itself, so the word is there twice (measured) and the provider answers 401.",
  *check({ endpoints }) {
    for (const { path, value, label } of endpoints) {
      const { apiKey } = value;
      if (typeof apiKey !== "string" || !/^\s*(Bearer|Authorization:)\s/i.test(apiKey)) continue;
      yield {
        at: { value: [...path, "apiKey"] },
        message: `The \`apiKey\` of ${label} begins with a word that LibreChat adds itself.`,
        fix: "Write only the key's variable: ${NAME}.",
      };
    }
  },
};
