import { type ChatRequest, type Definition, type ParameterRule } from "@llm-provider/core";
import { parameterRules, ruleApplies } from "@llm-provider/core/internal";
import type { Refusal } from "./refusal.ts";

/** Every endpoint of the dialect knows these. */
const always = ["model", "messages", "stream"];

/** Does the endpoint take every parameter of this request? Nothing is refused that the definition does not speak of. */
export function checkParameters(definition: Definition, request: ChatRequest): Refusal | undefined {
  const { unknownParameters: unknown } = definition;
  // The status of an endpoint that checks its input; undefined where it is lenient, or nothing is known.
  const strict = unknown !== undefined && "rejected" in unknown ? unknown.rejected : undefined;
  const known = unknown !== undefined && "known" in unknown ? unknown.known : [];
  for (const [name, value] of Object.entries(request)) {
    const rules = parameterRules(definition, name).filter((rule) => ruleApplies(rule, request));
    const refusal = rules.map((rule) => byRule(rule, name, value, request, strict)).find((one) => one !== undefined);
    if (refusal) return refusal;
    if (strict === undefined || value === undefined || rules.length > 0 || always.includes(name)) continue;
    if (!known.includes(name) && !isDescribed(definition, name)) {
      return unsupported(name, value, strict, `Unknown parameter: '${name}'.`);
    }
  }
  return undefined;
}

function byRule(
  rule: ParameterRule,
  name: string,
  value: unknown,
  request: ChatRequest,
  strict: number | undefined,
): Refusal | undefined {
  // Nothing said is nothing to refuse.
  if (value === null || value === undefined) return undefined;
  if ("rejected" in rule) {
    return unsupported(
      name,
      value,
      rule.rejected,
      `Unsupported parameter: '${name}' is not supported${rule.when ? " like this" : ""}.`,
    );
  }
  if ("conflictsWith" in rule) {
    const rival = rule.conflictsWith.find((other) => request[other] !== undefined && request[other] !== null);
    if (rival === undefined) return undefined;
    return unsupported(name, value, undefined, `'${name}' and '${rival}' cannot be set together.`);
  }
  if ("range" in rule && typeof value === "number" && (value < rule.range[0] || value > rule.range[1])) {
    const [least, most] = rule.range;
    return {
      ...unsupported(name, value, strict, `'${name}' must be from ${least} to ${most}.`),
      code: "invalid-request",
    };
  }
  // A lenient endpoint overlooks an old name; only one that checks its input is known to refuse it.
  if ("renamed" in rule && strict !== undefined) {
    return unsupported(name, value, strict, `Unsupported parameter: '${name}'. Use '${rule.renamed}' instead.`);
  }
  return undefined;
}

/** Rules other than a refusal say that the endpoint has the parameter; so do the names that others are renamed to. */
function isDescribed({ parameters = {} }: Definition, name: string): boolean {
  const rules = Object.values(parameters).flat() as readonly ParameterRule[];
  return Object.hasOwn(parameters, name) || rules.some((rule) => "renamed" in rule && rule.renamed === name);
}

function unsupported(parameter: string, value: unknown, status: number | undefined, message: string): Refusal {
  return { code: "unsupported-parameter", parameter, value, status, message };
}
