import type { Rule } from "../rule.ts";

export const endpointsVariable: Rule = {
  id: "endpoints-variable",
  severity: "error",
  why: "Where the variable ENDPOINTS is set, LibreChat shows only what it names, and all endpoints of librechat.yaml go by the name `custom` (https://github.com/LibreChat-AI/librechat.ai/issues/207, https://github.com/danny-avila/LibreChat/issues/2613).",
  *check({ endpoints, environment }) {
    const shown = environment?.["ENDPOINTS"];
    if (!shown || endpoints.length === 0) return;
    if (shown.split(",").some((name) => name.trim() === "custom")) return;
    yield {
      at: { key: ["endpoints", "custom"] },
      message: "The variable ENDPOINTS does not name `custom`, so that no endpoint of this file is shown.",
      fix: "Add custom to ENDPOINTS in LibreChat's .env.",
    };
  },
};
