import type { Change } from "../chat/chat-result.ts";
import type { ChatRequest } from "../chat/chat-request.ts";
import { closestName } from "../definition/closest-name.ts";
import type { Definition, ParameterRule } from "../definition/definition.ts";
import { isEssential } from "../definition/is-essential.ts";
import { knownParameters } from "../definition/known-parameters.ts";
import { parameterRules } from "../definition/parameter-rules.ts";
import { ProviderError } from "../errors/provider-error.ts";
import { ruleApplies } from "../definition/rule-applies.ts";
import { sourceOf } from "../definition/source-of.ts";

type Kind = "rejected" | "ignored" | "renamed" | "range" | "values" | "conflictsWith";
type RuleOf<K extends Kind> = Extract<ParameterRule, { readonly [key in K]: unknown }>;

/**
 * Applies the definition's parameter rules to the request as the caller wrote it: conflictsWith, rejected, renamed, values,
 * range. Whatever is done stands in `changes`; what may not be done without the caller's word is thrown.
 */
export function applyParameters(
  definition: Definition,
  request: ChatRequest,
  onUnsupported: "drop" | "error",
  changes: Change[],
): ChatRequest {
  const names = Object.keys(request).filter((name) => request[name] !== undefined);
  // `fromEntries` and not an assignment: a caller's JSON may hold the name `__proto__`.
  const body = Object.fromEntries(names.map((name) => [name, request[name]])) as ChatRequest;
  for (const name of names) if (!applyRules(name)) reportSlip(name);
  return body;

  function applyRules(name: string): boolean {
    const rules = parameterRules(definition, name);
    if (rules.length === 0) return false;
    const find = <K extends Kind>(kind: K): RuleOf<K> | undefined =>
      rules.find((rule): rule is RuleOf<K> => kind in rule && ruleApplies(rule, request));
    const isSet = (other: string): boolean =>
      Object.hasOwn(request, other) && request[other] !== undefined && request[other] !== null;
    const from: unknown = request[name];

    const conflict = find("conflictsWith");
    const rival = conflict?.conflictsWith.find(isSet);
    if (conflict && rival !== undefined && from !== null) {
      drop(name, from, conflict, `${definition.name} does not take \`${name}\` together with \`${rival}\``);
      return true;
    }
    const rejected = find("rejected");
    if (rejected) {
      drop(
        name,
        from,
        rejected,
        `${definition.name} rejects \`${name}\`${circumstances(rejected)} with HTTP ${rejected.rejected}`,
      );
      return true;
    }

    let target = name;
    const renamed = find("renamed");
    if (renamed) {
      // Set by the caller, or by another name that means the same.
      if (isSet(renamed.renamed) || (body[renamed.renamed] ?? null) !== null) {
        drop(
          name,
          from,
          renamed,
          `${definition.name} knows \`${name}\` as \`${renamed.renamed}\`, which is already set`,
        );
        return true;
      }
      target = renamed.renamed;
      delete body[name];
      Object.assign(body, { [target]: from });
      report(
        renamed,
        { parameter: name, action: "renamed", from: name, to: target },
        `${definition.name} knows \`${name}\` as \`${target}\``,
      );
    }
    if (from === null) return true;

    let value: unknown = from;
    const values = find("values");
    const key = typeof value === "object" ? JSON.stringify(value) : String(value);
    if (values && Object.hasOwn(values.values, key)) {
      value = values.values[key];
      report(
        values,
        { parameter: name, action: "mapped", from, to: value },
        `${definition.name} has no \`${target}\` ${key}; this is its nearest`,
      );
    }
    const range = find("range");
    if (range && typeof value === "number" && !(value >= range.range[0] && value <= range.range[1])) {
      const [min, max] = range.range;
      const reason = `${definition.name} takes \`${target}\`${circumstances(range)} from ${min} to ${max}`;
      if (isEssential(name, value)) refuse(name, range, reason);
      const clamped = value < min ? min : max;
      report(range, { parameter: name, action: "clamped", from: value, to: clamped }, reason);
      value = clamped;
    }
    if (value !== from) Object.assign(body, { [target]: value });

    const ignored = find("ignored");
    if (ignored)
      report(
        ignored,
        { parameter: name, action: "ignored", from: value },
        `${definition.name} accepts \`${target}\`${circumstances(ignored)} but it has no effect`,
      );
    return true;
  }

  function drop(name: string, from: unknown, rule: ParameterRule, reason: string): void {
    if (from !== null && (onUnsupported === "error" || isEssential(name, from))) refuse(name, rule, reason);
    delete body[name];
    report(rule, { parameter: name, action: "dropped", from }, reason);
  }

  function refuse(name: string, rule: ParameterRule, reason: string): never {
    throw new ProviderError(`${reason}.`, {
      code: "unsupported-parameter",
      provider: definition.id,
      model: request.model,
      hint: `Leave \`${name}\` out, change its value, or choose a model or provider that supports it. See ${sourceOf(definition, rule.source).url}`,
    });
  }

  function report(rule: ParameterRule, change: Omit<Change, "reason" | "source">, reason: string): void {
    changes.push({ ...change, reason: `${reason}.`, source: sourceOf(definition, rule.source).url });
  }

  function circumstances(rule: ParameterRule): string {
    const parts = Object.entries(rule.when ?? {}).map(([path, wanted]) => {
      const values = (Array.isArray(wanted) ? wanted : [wanted]).map((one) =>
        one === null ? "not set" : JSON.stringify(one),
      );
      return `\`${path}\` is ${values.join(" or ")}`;
    });
    return (rule.models ? ` for ${request.model}` : "") + (parts.length > 0 ? ` when ${parts.join(" and ")}` : "");
  }

  /** Sent as it is: an endpoint may know more names than we do. */
  function reportSlip(name: string): void {
    if (knownParameters.includes(name)) return;
    const { parameters = {}, unknownParameters } = definition;
    const documented = unknownParameters && "known" in unknownParameters ? unknownParameters.known : [];
    const meant = closestName(name, [...knownParameters, ...Object.keys(parameters), ...documented]);
    if (meant === undefined) return;
    changes.push({
      parameter: name,
      action: "ignored",
      from: request[name],
      reason: `No endpoint is known to have \`${name}\`; did you mean \`${meant}\`? It is sent as it is.`,
      source: "",
    });
  }
}
