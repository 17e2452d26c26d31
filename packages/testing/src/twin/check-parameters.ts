import type { ChatRequest, Definition } from "@llm-provider/core";
import { decide, describeRule } from "@llm-provider/core/rules";
import type { Refusal } from "./refusal.ts";

/** Does the endpoint take every parameter of this request? Nothing is refused that the definition does not speak of. */
export function checkParameters(definition: Definition, request: ChatRequest): Refusal | undefined {
  for (const { parameter, rule, endpoint, does } of decide(definition, request)) {
    if (typeof endpoint === "string") continue;
    return {
      // A value out of range is not one of which the endpoint knows nothing.
      code:
        does === "clamp" || does === "map" || (rule && "range" in rule) ? "invalid-request" : "unsupported-parameter",
      parameter,
      value: request[parameter],
      status: endpoint.refuses,
      message: rule ? describeRule(parameter, rule) : `Unknown parameter: '${parameter}'.`,
    };
  }
  return undefined;
}
