import { pathText } from "../path-text.ts";
import type { Rule } from "../rule.ts";
import { isKeyPlace } from "../secret-place.ts";
import { stringValues } from "../string-values.ts";

/** How keys of well-known services begin. */
const wellKnown =
  /^(?:Bearer\s+)?(?:sk-|sk_|gsk_|pk-|xai-|fw_|hf_|r8_|nvapi-|AIza|AKIA|ghp_|github_pat_|glpat-|tvly-|jina_|key-|dsk-|csk-|pplx-|anthropic-)[\w-]{8,}/;

/** A key in the query of a URL. */
const keyInUrl = /^\w+:\/\/\S+[?&](api_?key|key|token|access_token)=[\w.-]{12,}/i;

export const clearKey: Rule = {
  id: "clear-key",
  severity: "error",
  why: "LibreChat prints the whole file to its log when it starts (read in v0.8.7, Config/loadCustomConfig.js), and librechat.yaml is a file that gets shared and committed.",
  *check({ config }) {
    for (const [path, text] of stringValues(config)) {
      const isKey = wellKnown.test(text.trim()) || keyInUrl.test(text) || (isKeyPlace(path) && looksRandom(text));
      if (!isKey || /\$\{|\{\{/.test(text)) continue;
      yield {
        at: { value: path },
        message: `\`${pathText(path)}\` holds a key in clear.`,
        fix: "Put the key into LibreChat's .env, write ${NAME} here, and make a new key: this one may have been seen.",
      };
    }
  },
};

/** Long, without blanks, and with the mixture that keys have and placeholders have not. */
function looksRandom(text: string): boolean {
  const value = text.trim().replace(/^(Bearer|Basic|Token)\s+/i, "");
  if (value.length < 20 || /\s|^https?:/.test(value)) return false;
  return (
    /\d/.test(value) &&
    /[A-Za-z]/.test(value) &&
    !/your|example|placeholder|dummy|change|x{4,}|\*{3,}|<.*>/i.test(value)
  );
}
