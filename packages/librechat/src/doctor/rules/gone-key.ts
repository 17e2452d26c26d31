import { pathText } from "../../config/config-path.ts";
import { goneKeys } from "../suggest-key.ts";
import type { Rule } from "../rule.ts";

export const goneKey: Rule = {
  id: "gone-key",
  severity: "warning",
  why: "LibreChat does not read these keys of an endpoint any more; its own example still shows them (read in v0.8.7 and in librechat-data-provider 0.8.524).",
  *check({ endpoints }) {
    for (const { path, value } of endpoints) {
      for (const [key, fix] of goneKeys) {
        if (Object.hasOwn(value, key))
          yield {
            at: { key: [...path, key] },
            message: `\`${pathText([...path, key])}\` has no effect any more.`,
            fix,
          };
      }
    }
  },
};
