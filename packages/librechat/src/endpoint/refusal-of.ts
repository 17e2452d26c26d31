import type { ChatRequest, Definition, Source } from "@llm-provider/core";
import { decide } from "@llm-provider/core/rules";

/** An endpoint's refusal of one field of a body; `only` is the single value that it takes. */
export interface Refusal {
  status: number;
  source: Source;
  only?: number;
}

/**
 * Does the endpoint refuse this field of a body as it is? LibreChat neither renames nor maps nor clamps on the way, so that
 * an old name counts as unknown. A range and a list of values are for the person who sets them; a conflict is one of two.
 */
export function refusalOf(definition: Definition, name: string, body: ChatRequest): Refusal | undefined {
  for (const { parameter, rule, endpoint } of decide(definition, body)) {
    if (parameter !== name || typeof endpoint === "string") continue;
    const source = rule?.source ?? definition.unknownParameters?.source;
    if (!source || (rule && ("values" in rule || "conflictsWith" in rule || "set" in rule))) continue;
    if (!rule || !("range" in rule)) return { status: endpoint.refuses, source };
    const [least, most] = rule.range;
    // Where one value is taken, any other setting is refused.
    if (least === most) return { status: endpoint.refuses, source, only: least };
  }
  return undefined;
}
