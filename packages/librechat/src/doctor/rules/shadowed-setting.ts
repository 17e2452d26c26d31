import { asRecord } from "../as-record.ts";
import type { Rule } from "../rule.ts";

const titles = [
  "titleConvo",
  "titleModel",
  "titleMethod",
  "titlePrompt",
  "titlePromptTemplate",
  "titleEndpoint",
  "titleTiming",
];

export const shadowedSetting: Rule = {
  id: "shadowed-setting",
  severity: "warning",
  why: "If `endpoints.all` exists, LibreChat takes the title settings from there and ignores the endpoint's, even those that `all` leaves out (read in v0.8.7, controllers/agents/client.js; https://github.com/danny-avila/LibreChat/issues/9001).",
  *check({ file, config, endpoints, target }) {
    const all = asRecord(config["endpoints"])["all"];
    if (typeof all !== "object" || all === null || Array.isArray(all)) return;
    const { line } = file.keyPosition(["endpoints", "all"]);
    const shadowed = target === "0.8.7" ? [...titles, "streamRate"] : titles;
    const shared = all as { readonly [key: string]: unknown };
    for (const { path, value, label } of endpoints) {
      for (const key of shadowed) {
        if (!Object.hasOwn(value, key) || value[key] === shared[key]) continue;
        yield {
          at: { key: [...path, key] },
          message: `\`${key}\` of ${label} has no effect: \`endpoints.all\` on line ${line} overrides it.`,
          fix: Object.hasOwn(shared, key)
            ? "Delete one of the two."
            : `Move \`${key}\` to \`endpoints.all\`, or delete \`all\`.`,
        };
      }
    }
  },
};
