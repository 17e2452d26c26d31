import { asRecord } from "../as-record.ts";
import type { Rule } from "../rule.ts";

export const usageCount: Rule = {
  id: "usage-count",
  severity: "warning",
  why: "LibreChat does not ask custom endpoints for the usage of a stream, so balances are based on estimates (measured; https://github.com/danny-avila/LibreChat/issues/13234, https://github.com/danny-avila/LibreChat/issues/14398).",
  *check({ config, endpoints }) {
    if (asRecord(config["balance"])["enabled"] !== true) return;
    for (const { path, value, label, definition } of endpoints) {
      if (!definition) continue;
      if ((definition.librechat?.usage ?? definition.dialect.settings?.usage) !== "asked") continue;
      if (asRecord(value["addParams"])["streamUsage"] !== undefined) continue;
      yield {
        at: { key: Object.hasOwn(value, "addParams") ? [...path, "addParams"] : path },
        message: `Balances are on, but ${label} does not request the token counts of a stream.`,
        fix: "Add `streamUsage: true` to `addParams`.",
      };
    }
  },
};
