import type { Change } from "@llm-provider/core";
import type { InspectedBody, InspectedChange } from "./inspected-request.ts";
import { rootOf } from "./to-difference.ts";

const page = "https://github.com/llm-provider/llm-provider/blob/main/packages/gateway/README.md";

/** The reasons for changes that the gateway itself makes, apart from those that the target's definition needs. */
const reasons: { readonly [field: string]: string } = {
  model: "The caller names a public model of the gateway. The target gets its own name for the model.",
  models: "The caller names several public models of the gateway. The target gets only its own model.",
  stream: "The gateway reads every answer as a stream, so that it notices silence at once.",
  stream_options:
    "The gateway asks the target for token counts if the target supports it. The caller gets them if it asked for them.",
  logprobs: "The gateway does not return log probabilities.",
  top_logprobs: "The gateway does not return log probabilities.",
  encoding_format: "The gateway reads vectors as numbers, and returns the format that the caller asked for.",
};

/** The differences between the caller's body and the sent one that the definition's changes do not explain. */
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
