import { asRecord } from "../as-record.ts";
import type { Rule } from "../rule.ts";

/** From this many milliseconds between pieces of text, a person notices that an answer is slowed down. */
const slow = 10;

export const pacing: Rule = {
  id: "pacing",
  severity: "info",
  why: "LibreChat v0.8.8's engine shows one piece of text every 25 ms: 1,000 pieces take 26 s, with 0 they take 0.3 s (measured with @librechat/agents 3.9.2). v0.8.7 does not pace, and does not read 0.",
  *check({ endpoints, config, target }) {
    const isOld = target === "0.8.7";
    for (const { path, value, label } of endpoints) {
      const rate = value["streamRate"];
      if (typeof rate !== "number") continue;
      const at = { value: [...path, "streamRate"] };
      if (rate === 0 && isOld)
        yield { at, message: `LibreChat v0.8.7 does not read the \`streamRate\` of ${label}.`, fix: "Write 1." };
      else if (rate >= slow)
        yield {
          at,
          message: `\`streamRate: ${rate}\` shows at most ${Math.floor(1000 / rate)} pieces of an answer of ${label} a second.`,
          fix: `Write ${isOld ? 1 : 0}.`,
        };
    }
    const all = asRecord(asRecord(config["endpoints"])["all"])["streamRate"];
    const unset = endpoints.filter(({ value, definition }) => definition && value["streamRate"] === undefined);
    if (isOld || typeof all === "number" || unset.length === 0) return;
    const labels = unset.map(({ label }) => label).join(", ");
    yield {
      at: { key: unset[0]!.path },
      message: `${labels} ${unset.length === 1 ? "has" : "have"} no \`streamRate\`: from v0.8.8 on, LibreChat shows about 40 pieces of an answer a second, though endpoints are faster.`,
      fix: "Add `streamRate: 0`.",
    };
  },
};
