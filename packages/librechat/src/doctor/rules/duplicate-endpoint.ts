import { caselessNames } from "../../librechat-names.ts";
import type { Rule } from "../rule.ts";

export const duplicateEndpoint: Rule = {
  id: "duplicate-endpoint",
  severity: "error",
  why: "LibreChat takes the first endpoint of a name and never uses the second; for names that choose a client, two spellings cause an error when a title or a summary is made (read in v0.8.7, endpoints/config/providers.ts).",
  *check({ file, endpoints }) {
    const seen = new Map<string, number>();
    for (const { path, name } of endpoints) {
      if (!name) continue;
      const key = caselessNames.has(name.toLowerCase()) ? name.toLowerCase() : name;
      const first = seen.get(key);
      if (first === undefined) seen.set(key, file.keyPosition(path).line);
      else
        yield {
          at: { value: [...path, "name"] },
          message: `There is another endpoint "${name}" on line ${first}; this one is never used.`,
          fix: "Give one of them another name.",
        };
    }
  },
};
