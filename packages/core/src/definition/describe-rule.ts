import type { Json } from "../json.ts";
import { isEssential } from "./is-essential.ts";
import type { ParameterRule } from "./parameter-rule.ts";

/**
 * The rule as a sentence, for docs, hints and comments in YAML: what the endpoint does with the parameter, what core does about
 * it, for which models and when.
 */
export function describeRule(parameter: string, rule: ParameterRule): string {
  const [what, then] = predicate(parameter, rule);
  return `\`${parameter}\` ${what}${circumstances(rule)}${then ?? ""}.`;
}

/** What the endpoint does, and the consequence. */
function predicate(parameter: string, rule: ParameterRule): readonly [what: string, then?: string] {
  if ("rejected" in rule) {
    const then = isAboutEssential(parameter, rule) ? "the request is refused before it is sent" : "it is left out";
    return [`is rejected with HTTP ${rule.rejected}`, `, so ${then}`];
  }
  if ("ignored" in rule) return ["is accepted but has no effect"];
  if ("renamed" in rule) return [`is sent as \`${rule.renamed}\``];
  if ("set" in rule) return [`is always sent as ${JSON.stringify(rule.set)}`];
  if ("conflictsWith" in rule)
    return [`is left out beside ${either(rule.conflictsWith.map((other) => `\`${other}\``))}`];
  if ("values" in rule) {
    const pairs = Object.entries(rule.values).map(([from, to]) => `${from} becomes ${show(to)}`);
    return [`has other values: ${pairs.join(", ")}`];
  }
  return describeRange(parameter, rule.range);
}

function describeRange(
  parameter: string,
  [min, max]: readonly [number, number],
): readonly [what: string, then: string] {
  const then = isEssential(parameter, max + 1) ? "; other values are refused" : "; other values become the nearest";
  if (min === max) return [`must be ${min}`, then];
  if (max === Number.POSITIVE_INFINITY) return [`must be at least ${min}`, then];
  if (min === Number.NEGATIVE_INFINITY) return [`must be at most ${max}`, then];
  return [`must be from ${min} to ${max}`, then];
}

/** Whether a value is essential may depend on it: a rule speaks of the values that its `when` names. */
function isAboutEssential(parameter: string, { when = {} }: ParameterRule): boolean {
  const own = Object.entries(when).find(([path]) => path === parameter || path.startsWith(`${parameter}.`));
  if (!own) return isEssential(parameter, {});
  const [path, wanted] = own;
  const values = [wanted].flat() as readonly Json[];
  const inner = path.slice(parameter.length + 1);
  return values.some((value) => isEssential(parameter, inner === "" ? value : { [inner]: value }));
}

function circumstances({ models, when = {} }: ParameterRule): string {
  const ids =
    models instanceof RegExp
      ? ` for models that match \`${models}\``
      : models
        ? ` for ${either(models.map((id) => `\`${id}\``))}`
        : "";
  const parts = Object.entries(when).map(([path, wanted]) => `\`${path}\` ${condition(wanted as Json)}`);
  return ids + (parts.length > 0 ? ` when ${parts.join(" and ")}` : "");
}

function condition(wanted: Json): string {
  if (typeof wanted === "object" && wanted !== null && "present" in wanted)
    return wanted["present"] ? "is set" : "is not set";
  const values = (Array.isArray(wanted) ? wanted : [wanted]) as readonly Json[];
  return `is ${either(values.map((value) => (value === null ? "not set" : show(value))))}`;
}

function show(value: Json): string {
  return typeof value === "string" && /^[\w.-]+$/.test(value) ? value : JSON.stringify(value);
}

function either(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}
