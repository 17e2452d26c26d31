import type { ChatRequest, Definition, Json, ParameterRule } from "@llm-provider/core";

/**
 * The contract suite reads parameter rules independently of core, so that the client and this reading can disagree.
 * Everything else in this repository asks `decide` of @llm-provider/core/rules.
 */
export type Kind = "conflictsWith" | "rejected" | "renamed" | "values" | "range" | "set" | "ignored";

/** An absent parameter has no value to change. */
const leavingOut: readonly Kind[] = ["conflictsWith", "rejected"];
const kinds: readonly Kind[] = [...leavingOut, "renamed", "values", "range", "set", "ignored"];

/** The rules that a definition has for one parameter, in order. */
export function rulesOf({ parameters = {} }: Definition, name: string): readonly ParameterRule[] {
  const found = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  return found === undefined ? [] : ([found].flat() as ParameterRule[]);
}

/** Is a rule about this request: its model and all of its conditions? */
export function isAbout({ models, when }: ParameterRule, request: ChatRequest): boolean {
  const isModel =
    models === undefined ||
    (models instanceof RegExp
      ? new RegExp(models.source, models.flags.replace(/[gy]/g, "")).test(request.model)
      : models.includes(request.model));
  return isModel && Object.entries(when ?? {}).every(([path, wanted]) => isMet(valueAt(request, path), wanted as Json));
}

/** Is this the rule of a parameter that takes effect for the request? */
export function takesEffect(rules: readonly ParameterRule[], rule: ParameterRule, request: ChatRequest): boolean {
  const isDue = (one: ParameterRule, kind: Kind): boolean =>
    kind in one &&
    isAbout(one, request) &&
    (!("conflictsWith" in one) || one.conflictsWith.some((other) => isGiven(request[other])));
  const own = kinds.find((kind) => kind in rule)!;
  if (rules.find((one) => isDue(one, own)) !== rule) return false;
  const stronger = leavingOut.includes(own) ? leavingOut.slice(0, leavingOut.indexOf(own)) : [...leavingOut];
  if (own === "values" || own === "range" || own === "ignored") stronger.push("set");
  return !rules.some((one) => stronger.some((kind) => isDue(one, kind)));
}

/** The value with which a `values` rule replaces another. */
export function mappedTo({ values }: Extract<ParameterRule, { values: object }>, value: unknown): unknown {
  return values[typeof value === "object" ? JSON.stringify(value) : String(value)];
}

function isMet(value: unknown, wanted: Json): boolean {
  if (Array.isArray(wanted)) return wanted.some((one: Json) => isMet(value, one));
  if (wanted === null) return !isGiven(value);
  const { present } = Object(wanted) as { present?: unknown };
  if (typeof present === "boolean") return isGiven(value) === present;
  return JSON.stringify(value) === JSON.stringify(wanted);
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function valueAt(value: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (inner, key) =>
        typeof inner === "object" && inner !== null && Object.hasOwn(inner, key)
          ? (inner as Record<string, unknown>)[key]
          : undefined,
      value,
    );
}
