import type { Rule } from "../rule.ts";

/** Placeholders for keys in examples. */
const sample =
  /^<.*>$|^\[.*\]$|\byour[-_ ]|^(?:change|replace)[-_ ]?(?:me|this)\b|^insert[-_ ]|^x{4,}$|(?:^|[-_])x{6,}$|\*{4,}|\.{3}$|…$/i;

/** Is this the text that an example has in the place of a key? */
export function isSample(value: string): boolean {
  return sample.test(value.trim());
}

export const sampleKey: Rule = {
  id: "sample-key",
  severity: "error",
  why: "LibreChat sends this text as the key, and shows the endpoint; the provider answers every request with 401.",
  *check({ endpoints }) {
    for (const { path, value, label } of endpoints) {
      const { apiKey } = value;
      if (typeof apiKey !== "string" || /\$\{/.test(apiKey) || !isSample(apiKey)) continue;
      yield {
        at: { value: [...path, "apiKey"] },
        message: `The \`apiKey\` of ${label} is still the one from an example.`,
        fix: "Put the key into LibreChat's .env and write ${NAME} here; or write user_provided.",
      };
    }
  },
};
