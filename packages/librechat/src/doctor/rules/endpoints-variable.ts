import { builtInEndpoints } from "../../librechat-names.ts";
import { asRecord } from "../as-record.ts";
import type { Rule } from "../rule.ts";

export const endpointsVariable: Rule = {
  id: "endpoints-variable",
  severity: "error",
  why: "If the variable ENDPOINTS is set, LibreChat shows only the built-in endpoints that it names, `agents` included; your own endpoints always appear, last if `custom` is not named (measured on v0.8.7; https://github.com/LibreChat-AI/librechat.ai/issues/230).",
  *check({ config, environment }) {
    const shown = environment?.["ENDPOINTS"]?.split(",").map((name) => name.trim());
    if (!shown || shown.join("") === "") return;
    for (const [name, value] of Object.entries(asRecord(config["endpoints"]))) {
      if (!builtInEndpoints.includes(name) || shown.includes(name) || Object.keys(asRecord(value)).length === 0)
        continue;
      yield {
        at: { key: ["endpoints", name] },
        message: `The variable ENDPOINTS does not name \`${name}\`, so LibreChat hides that endpoint, and its settings here have no effect.`,
        fix: `Add ${name} to ENDPOINTS in LibreChat's .env.`,
      };
    }
  },
};
