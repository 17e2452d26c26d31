import { asRecord } from "../as-record.ts";
import { readForeignVariable } from "../../config/read-foreign-variable.ts";
import { webSearchVariables } from "../../config/secret-place.ts";
import type { Rule } from "../rule.ts";

export const webSearchKey: Rule = {
  id: "web-search-key",
  severity: "error",
  why: "In `webSearch` LibreChat expects the name of a variable instead of its value: with a value, it only logs a warning and has no key (read in v0.8.7, app/checks.ts).",
  *check({ config }) {
    for (const [key, value] of Object.entries(asRecord(config["webSearch"]))) {
      if (!webSearchVariables.has(key) || typeof value !== "string" || /^\s*\$\{.+\}\s*$/.test(value)) continue;
      // Another rule reports a misspelt variable.
      if (/\$|^\s*$/.test(value)) continue;
      const { scheme, name = "" } = readForeignVariable(value.trim()) ?? {};
      const isNamed = scheme === "" && /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/.test(name);
      yield {
        at: { value: ["webSearch", key] },
        message: `\`webSearch.${key}\` has a value, but LibreChat expects a variable.`,
        fix: isNamed ? `Write \${${name}}.` : "Put the value into LibreChat's .env and write ${NAME} here.",
      };
    }
  },
};
