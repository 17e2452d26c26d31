import { asRecord } from "../as-record.ts";
import type { Rule } from "../rule.ts";

export const withheldHeader: Rule = {
  id: "withheld-header",
  severity: "warning",
  why: "If users enter the URL themselves, LibreChat does not send the configured headers, since they may contain tokens (read in v0.8.7, endpoints/custom/initialize.ts).",
  *check({ endpoints }) {
    for (const { path, value, label } of endpoints) {
      if (value["baseURL"] !== "user_provided" || Object.keys(asRecord(value["headers"])).length === 0) continue;
      yield {
        at: { key: [...path, "headers"] },
        message: `The \`headers\` of ${label} are not sent: its \`baseURL\` comes from users.`,
        fix: "Write the URL here, or delete `headers`.",
      };
    }
  },
};
