import type { Change } from "@llm-provider/core";
import type { InspectedBody, InspectedChange } from "./inspected-request.ts";
import { rootOf } from "./to-difference.ts";

const page = "https://github.com/llm-provider/llm-provider/blob/main/packages/gateway/README.md";

/** What the gateway itself does to a body, beside what the target's definition asks for. */
const reasons: { readonly [field: string]: string } = {
  model: "The caller names a public model of the gateway, and the target gets its own name for it.",
  models: "The caller names several public models of the gateway, and the target gets its own.",
  stream: "The gateway reads every answer as a stream, so that it notices silence at once.",
  stream_options:
    "Whether a stream has token counts depends on what the target asks for. The caller gets them if it asked.",
  logprobs: "The gateway does not hand on log probabilities.",
  top_logprobs: "The gateway does not hand on log probabilities.",
  encoding_format: "The gateway reads vectors as numbers, and gives the caller what it asked for.",
};

/** The differences between the caller's body and the wire's that no change of the definition explains. */
export function ownChanges(
  sent: InspectedBody,
  wire: Readonly<Record<string, unknown>> | undefined,
  changes: readonly Change[],
): InspectedChange[] {
  if (!sent.isJson || !wire) return [];
  const asked = JSON.parse(sent.text) as Record<string, unknown>;
  const explained = new Set(changes.map(({ parameter }) => rootOf(parameter)));
  return Object.entries(reasons).flatMap(([parameter, reason]): InspectedChange[] => {
    const from = JSON.stringify(asked[parameter]);
    const to = JSON.stringify(wire[parameter]);
    if (from === to || explained.has(parameter)) return [];
    return [
      {
        parameter,
        action: to === undefined ? "dropped" : "set",
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
        reason,
        source: page,
      },
    ];
  });
}
