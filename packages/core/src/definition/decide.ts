import type { ChatRequest } from "../chat/chat-request.ts";
import type { Json } from "../json.ts";
import { readPath } from "../read-path.ts";
import type { Definition } from "./definition.ts";
import { isEssential } from "./is-essential.ts";
import { knownParameters } from "./known-parameters.ts";
import type { ParameterRule, When } from "./parameter-rule.ts";
import { sourceOf } from "./source-of.ts";

/**
 * What happens to one parameter of one request, on both sides. The client, the twin, LibreChat's export and doctor, `explain`,
 * the docs and the probe read this and nothing else.
 */
export interface Decision {
  /** The wire name, as the caller wrote it. */
  readonly parameter: string;
  /** Absent for a name without a rule. */
  readonly rule?: ParameterRule;
  /** The page behind the decision; empty if no rule decides. */
  readonly source: string;
  /** What we do. `refuse`: the parameter is essential, so the request is not sent without it. */
  readonly does: "pass" | "refuse" | "drop" | "rename" | "map" | "clamp" | "ignore" | "set";
  /** The new value; for `rename` the new name. */
  readonly to?: unknown;
  /** What the endpoint does with the parameter as the caller wrote it. */
  readonly endpoint: "takes" | "ignores" | { readonly refuses: number };
}

type Kind = "conflictsWith" | "rejected" | "renamed" | "values" | "range" | "set" | "ignored";
type RuleOf<K extends Kind> = Extract<ParameterRule, { readonly [key in K]: unknown }>;
type Applies = (request: ChatRequest) => boolean;
/** The rules of one parameter by kind, in order, each with its test. */
type Compiled = { readonly [K in Kind]?: readonly { readonly rule: RuleOf<K>; readonly applies: Applies }[] };
type Rules = {
  readonly byName: ReadonlyMap<string, Compiled>;
  /** Parameters that a rule may set although the caller did not. */
  readonly settable: readonly string[];
  /** Names that the endpoint has; undefined if it takes or overlooks unknown names. */
  readonly known: ReadonlySet<string> | undefined;
  /** The status for a refusal whose rule has none. */
  readonly refuses: { readonly refuses: number };
  readonly unnamed: Decision["endpoint"];
};

const kinds: readonly Kind[] = ["conflictsWith", "rejected", "renamed", "values", "range", "set", "ignored"];
/** Every endpoint knows these. */
const always = ["model", "messages", "stream"];
/** A lenient endpoint does not say what it does with common parameter names, so they count as known. */
const usual: ReadonlySet<string> = new Set(knownParameters);
/** Each definition is read once, since a provider asks at every request. */
const compiled = new WeakMap<Definition, Rules>();

/**
 * Applies a definition's parameter rules to a request as the caller wrote it. A parameter has a decision for each rule that
 * takes effect: a renamed one may be mapped or clamped too. In each kind the first rule that applies decides; the kinds come in
 * the order conflictsWith, rejected, renamed, values, range, set, ignored.
 */
export function decide(definition: Definition, request: ChatRequest): readonly Decision[] {
  let rules = compiled.get(definition);
  if (!rules) compiled.set(definition, (rules = compile(definition)));
  const out: Decision[] = [];
  /** Names that an older name was renamed to in this request. */
  const taken = new Set<string>();
  for (const name in request) {
    if (request[name] === undefined || !Object.hasOwn(request, name)) continue;
    const own = rules.byName.get(name);
    if (own) decideOne(definition, rules, own, name, request, taken, out);
    else out.push({ parameter: name, source: "", does: "pass", endpoint: endpointWithoutRule(rules, name) });
  }
  for (const name of rules.settable)
    if (request[name] === undefined) decideOne(definition, rules, rules.byName.get(name)!, name, request, taken, out);
  return out;
}

function decideOne(
  definition: Definition,
  rules: Rules,
  own: Compiled,
  name: string,
  request: ChatRequest,
  taken: Set<string>,
  out: Decision[],
): void {
  const value: unknown = request[name];
  const isAbsent = value === undefined;
  const isNull = value === null || isAbsent;
  const before = out.length;
  /** The first decision other than `takes` is the endpoint's: if one rule makes it refuse, the next cannot make it accept. */
  let endpoint: Decision["endpoint"] = "takes";
  const add = (rule: ParameterRule, does: Decision["does"], then: Decision["endpoint"], to?: unknown): void => {
    if (endpoint === "takes") endpoint = then;
    const { url } = sourceOf(definition, rule.source);
    out.push({ parameter: name, rule, source: url, does, ...(to !== undefined && { to }), endpoint });
  };
  const leaveOut = (rule: ParameterRule, status: Decision["endpoint"]): void =>
    add(rule, !isNull && isEssential(name, value) ? "refuse" : "drop", isNull ? "takes" : status);

  if (!isAbsent) {
    const conflict = isNull
      ? undefined
      : first(own.conflictsWith, request, ({ conflictsWith }) => conflictsWith.some((other) => isSet(request, other)));
    if (conflict) return leaveOut(conflict, rules.refuses);
    const rejected = first(own.rejected, request);
    if (rejected) return leaveOut(rejected, { refuses: rejected.rejected });
  }
  const set = first(own.set, request);
  if (isAbsent && !set) return;
  const renamed = first(own.renamed, request);
  if (renamed) {
    const { renamed: target } = renamed;
    // A lenient endpoint overlooks an old name; only one that checks its input refuses it.
    const overlooks = rules.known ? rules.refuses : "ignores";
    // The caller set the new name too, or another old name means the same: the existing value wins.
    if (isSet(request, target) || taken.has(target))
      return void (isAbsent || leaveOut(renamed, isNull ? "takes" : overlooks));
    if (!isNull) taken.add(target);
    add(renamed, "rename", isNull ? "takes" : overlooks, target);
  }
  if (set) {
    if (!isSame(value, set.set)) add(set, "set", rules.refuses, set.set);
  } else if (!isNull) {
    decideValue(own, name, value, request, rules, add);
    const ignored = first(own.ignored, request);
    if (ignored) add(ignored, "ignore", "ignores");
  }
  if (out.length === before) out.push({ parameter: name, source: "", does: "pass", endpoint: "takes" });
}

/** The rules about values: mapped first, then moved into the range. */
function decideValue(
  own: Compiled,
  name: string,
  from: unknown,
  request: ChatRequest,
  { refuses }: Rules,
  add: (rule: ParameterRule, does: Decision["does"], then: Decision["endpoint"], to?: unknown) => void,
): void {
  let value = from;
  const key = typeof value === "object" ? JSON.stringify(value) : String(value);
  const values = first(own.values, request);
  if (values && Object.hasOwn(values.values, key)) {
    value = values.values[key];
    add(values, "map", refuses, value);
  }
  const range = first(own.range, request);
  if (range && typeof value === "number" && !(value >= range.range[0] && value <= range.range[1])) {
    const [min, max] = range.range;
    if (isEssential(name, value)) add(range, "refuse", refuses);
    else add(range, "clamp", refuses, value < min ? min : max);
  }
}

function endpointWithoutRule({ known, refuses, unnamed }: Rules, name: string): Decision["endpoint"] {
  if (always.includes(name)) return "takes";
  if (known) return known.has(name) ? "takes" : refuses;
  return usual.has(name) ? "takes" : unnamed;
}

function compile(definition: Definition): Rules {
  const { parameters = {}, unknownParameters: unknown } = definition;
  const strict = unknown && "rejected" in unknown ? unknown : undefined;
  const byName = new Map<string, Compiled>();
  const described: string[] = [];
  for (const [name, value] of Object.entries(parameters)) {
    const list = Array.isArray(value) ? (value as readonly ParameterRule[]) : [value as ParameterRule];
    byName.set(name, compileOne(list));
    // The endpoint has the name if a rule other than a refusal or a rename mentions it, or if another name is renamed to it.
    for (const rule of list) if ("renamed" in rule) described.push(rule.renamed);
  }
  return {
    byName,
    settable: [...byName].flatMap(([name, own]) => (own.set ? [name] : [])),
    known: strict && new Set([...strict.known, ...described]),
    refuses: { refuses: strict?.rejected ?? 400 },
    unnamed: unknown && "ignored" in unknown ? "ignores" : "takes",
  };
}

function compileOne(list: readonly ParameterRule[]): Compiled {
  const out: { [K in Kind]?: { rule: ParameterRule; applies: Applies }[] } = {};
  for (const rule of list) {
    const kind = kinds.find((one) => one in rule)!;
    (out[kind] ??= []).push({ rule, applies: compileConditions(rule) });
  }
  return out as Compiled;
}

/** Does a rule apply to a request: its `models` and all of its `when`? */
function compileConditions({
  models,
  when = {},
}: {
  readonly models?: readonly string[] | RegExp;
  readonly when?: When;
}): Applies {
  const conditions = Object.entries(when).map(([path, wanted]) => ({ path: path.split("."), wanted: wanted as Json }));
  return (request) => {
    // `search` and not `test`: a pattern with the g flag would remember where it stopped.
    if (models instanceof RegExp ? request.model.search(models) < 0 : models && !models.includes(request.model))
      return false;
    return conditions.every(({ path, wanted }) => meets(readPath(request, path) ?? null, wanted));
  };
}

function meets(value: unknown, wanted: Json): boolean {
  if (Array.isArray(wanted)) return wanted.some((one: Json) => isSame(value, one));
  const present =
    typeof wanted === "object" && wanted !== null ? (wanted as { present?: unknown })["present"] : undefined;
  return typeof present === "boolean" ? (value !== null) === present : isSame(value, wanted);
}

function first<K extends Kind>(
  list: readonly { readonly rule: RuleOf<K>; readonly applies: Applies }[] | undefined,
  request: ChatRequest,
  isDue: (rule: RuleOf<K>) => boolean = () => true,
): RuleOf<K> | undefined {
  return list?.find(({ rule, applies }) => applies(request) && isDue(rule))?.rule;
}

function isSet(request: ChatRequest, name: string): boolean {
  return Object.hasOwn(request, name) && request[name] !== undefined && request[name] !== null;
}

function isSame(value: unknown, wanted: unknown): boolean {
  if (typeof wanted !== "object" || wanted === null) return value === wanted;
  return JSON.stringify(value) === JSON.stringify(wanted);
}
