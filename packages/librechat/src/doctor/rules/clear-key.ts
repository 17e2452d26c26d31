import { firstKey } from "@llm-provider/core/internal";
import { pathText, stringValues, valueAt } from "../../config/config-path.ts";
import { isHeaderSecret, isServerSecret, previous } from "../../config/secret-place.ts";
import type { Rule } from "../rule.ts";

export const clearKey: Rule = {
  id: "clear-key",
  severity: "error",
  why: "LibreChat prints the whole file to its log when it starts (read in v0.8.7, Config/loadCustomConfig.js), and librechat.yaml is a file that gets shared and committed.",
  *check({ config }) {
    for (const [path, text] of stringValues(config)) {
      const found =
        firstKey(text, String(path.at(-1))) ??
        (isHeaderSecret(path, text) || isServerSecret(path, text, valueAt(config, previous(path)))
          ? { label: "secret" }
          : undefined);
      if (found === undefined) continue;
      yield {
        at: { value: path },
        message: `\`${pathText(path)}\` contains a ${"vendor" in found && found.vendor !== undefined ? "key" : found.label} in plain text.`,
        fix: "Put it into LibreChat's .env, write ${NAME} here, and make a new key: others may have seen this one.",
      };
    }
  },
};
