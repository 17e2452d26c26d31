import { type ParameterRule } from "@llm-provider/core";
import { isEssential } from "@llm-provider/core/internal";

/** What a parameter rule does, in words. */
export function describeRule(name: string, rule: ParameterRule): string {
  if ("rejected" in rule)
    return `refused with HTTP ${rule.rejected}: ${isMeaning(name, rule) ? "an error before any request" : "dropped"}`;
  if ("ignored" in rule) return "sent, but without effect";
  if ("renamed" in rule) return `sent as \`${rule.renamed}\``;
  if ("range" in rule) return describeRange(name, rule.range);
  if ("values" in rule)
    return Object.entries(rule.values)
      .map(([from, to]) => `${from} → ${String(to)}`)
      .join(", ");
  if ("set" in rule) return `always sent as ${JSON.stringify(rule.set)}`;
  return `dropped when ${rule.conflictsWith.map((other) => `\`${other}\``).join(" or ")} is set`;
}

function describeRange(name: string, [min, max]: readonly [number, number]): string {
  const bounds = min === max ? `only ${min}` : `from ${min} to ${max}`;
  return `${bounds}: beyond, ${name === "n" ? "an error before any request" : "the nearest"}`;
}

/** Parameters that carry meaning are never dropped. */
function isMeaning(name: string, { when = {} }: ParameterRule): boolean {
  if (name === "response_format") return JSON.stringify(when).includes("json_schema");
  return isEssential(name, when[name] ?? {});
}

/** For which models, and beside which other parameters, a rule holds. */
export function describeCircumstances({ models, when = {} }: ParameterRule): string {
  const ids =
    models instanceof RegExp ? `models that match \`${models}\`` : models?.map((id) => `\`${id}\``).join(", ");
  const parts = Object.entries(when).map(([path, wanted]) => {
    const values = (Array.isArray(wanted) ? wanted : [wanted]) as readonly unknown[];
    return `\`${path}\` is ${values.map((value) => (value === null ? "not set" : JSON.stringify(value))).join(", ")}`;
  });
  return [ids, ...parts].filter((part) => part !== undefined).join("; ");
}
