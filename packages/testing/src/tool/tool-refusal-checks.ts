import { ProviderError } from "@llm-provider/core";
import { codeOf, rejectionOf, same, truth } from "../kit/expect.ts";
import type { ToolCheck } from "./tool-kit.ts";

interface Meaning {
  readonly statuses: readonly number[];
  readonly codes: readonly string[];
  readonly retryable: boolean;
}

/** The meaning of a status if its body does not say more. */
const meanings: readonly Meaning[] = [
  { statuses: [401], codes: ["invalid-key"], retryable: false },
  { statuses: [402], codes: ["quota"], retryable: false },
  { statuses: [429], codes: ["rate-limit"], retryable: true },
  { statuses: [500, 502, 503, 504], codes: ["server", "overloaded"], retryable: true },
  // The tool's documentation says which of these it is; the caller must act, so a retry does not help.
  {
    statuses: [400, 403, 404, 422],
    codes: ["invalid-request", "invalid-key", "forbidden", "not-found", "quota", "unsupported-parameter"],
    retryable: false,
  },
];

/** How a tool handles refusals. */
export const toolRefusalChecks: readonly ToolCheck[] = [
  {
    name: "reads-refusals",
    by: "faults",
    title:
      "401 is `invalid-key`, 402 `quota`, 429 `rate-limit` and retryable, 5xx `server` or `overloaded` and retryable; others are not retryable",
    async run(kit) {
      const [run] = kit.runs;
      if (!run) return;
      for (const { statuses, codes, retryable } of meanings)
        for (const status of statuses)
          for (const body of ["", '{"error":"It went wrong."}']) {
            const at = `HTTP ${status} with ${body || "nothing"}`;
            const { tool } = kit.tool({ status, headers: {}, pieces: [body] });
            const error = await rejectionOf(tool.execute(run.input), at);
            truth(codes.includes(codeOf(error)), codes.map((code) => `\`${code}\``).join(" or "), codeOf(error), {
              at,
            });
            same(ProviderError.is(error) && error.retryable, retryable, { at: `${at}, retryable` });
          }
    },
  },
];
