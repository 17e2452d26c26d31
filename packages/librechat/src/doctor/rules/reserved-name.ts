import { builtInEndpoints } from "../../librechat-names.ts";
import type { Rule } from "../rule.ts";

const reserved = new Set([...builtInEndpoints, "custom"]);

export const reservedName: Rule = {
  id: "reserved-name",
  severity: "error",
  why: "These names belong to LibreChat's built-in endpoints; its schema refuses them for one of your own, and the server exits (read in librechat-data-provider 0.8.524).",
  *check({ endpoints }) {
    for (const { path, value } of endpoints) {
      if (typeof value["name"] !== "string" || !reserved.has(value["name"])) continue;
      yield {
        at: { value: [...path, "name"] },
        message: `"${value["name"]}" is the name of a built-in endpoint.`,
        fix: `Choose another, e.g. "${value["name"]} API".`,
      };
    }
  },
};
