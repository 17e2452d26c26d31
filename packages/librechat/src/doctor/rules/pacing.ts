import type { Rule } from "../rule.ts";

/** Providers that stream faster than the 40 pieces a second that LibreChat lets through. */
const fast = new Set(["groq", "deepseek", "fireworks"]);

export const pacing: Rule = {
  id: "pacing",
  severity: "info",
  why: "LibreChat v0.8.8's engine shows one piece of text in 25 ms unless told otherwise: 1,000 pieces take 26 s, with 0 they take 0.3 s (measured with @librechat/agents 3.9.2). The engine of v0.8.7 does not pace unless asked to, and v0.8.7 does not read 0.",
  *check({ endpoints, config, target }) {
    for (const { path, value, label, definition } of endpoints) {
      const rate = value["streamRate"];
      if (typeof rate === "number" && (rate > 1 || (rate === 0 && target === "0.8.7"))) {
        if (rate === 0) {
          yield {
            at: { value: [...path, "streamRate"] },
            message: `LibreChat v0.8.7 does not read the \`streamRate\` of ${label}.`,
            fix: "Write 1.",
          };
        } else if (rate >= 10 && definition && fast.has(definition.id)) {
          yield {
            at: { value: [...path, "streamRate"] },
            message: `${definition.name} streams faster than \`streamRate: ${rate}\` lets through.`,
            fix: "Write 0.",
          };
        }
        continue;
      }
      if (rate !== undefined || target === "0.8.7" || !definition || !fast.has(definition.id)) continue;
      const all = (config["endpoints"] as { all?: { streamRate?: unknown } } | undefined)?.all;
      if (typeof all?.streamRate === "number") continue;
      yield {
        at: { key: path },
        message: `${label} has no \`streamRate\`: from v0.8.8 on, LibreChat shows about 40 pieces of an answer a second, and ${definition.name} is faster.`,
        fix: "Add `streamRate: 0`.",
      };
    }
  },
};
