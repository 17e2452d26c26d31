import { asRecord } from "../as-record.ts";
import { webSearchVariables } from "../../config/secret-place.ts";
import type { Rule } from "../rule.ts";

export const webSearchKey: Rule = {
  id: "web-search-key",
  severity: "error",
  why: "In `webSearch` LibreChat wants the name of a variable, not its value: with a value, it warns in its log and has no key (read in v0.8.7, app/checks.ts).",
  *check({ config }) {
    for (const [key, value] of Object.entries(asRecord(config["webSearch"]))) {
      if (!webSearchVariables.has(key) || typeof value !== "string" || /^\s*\$\{.+\}\s*$/.test(value)) continue;
      // A slip in writing a variable is told by a rule of its own.
      if (/\$|^\s*$/.test(value)) continue;
      // The name of a variable in another writing than LibreChat's.
      const [, named] =
        /^\s*(?:\{\{?\s*|%|process\.env\.|env[.:])?([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\s*(?:\}?\}|%)?\s*$/.exec(value) ??
        [];
      yield {
        at: { value: ["webSearch", key] },
        message: `\`webSearch.${key}\` has a value where LibreChat wants a variable.`,
        fix: named ? `Write \${${named}}.` : "Put the value into LibreChat's .env and write ${NAME} here.",
      };
    }
  },
};
