import { matches } from "../errors/match-error-rule.ts";
import { checkAgreement, rulesWithPaths } from "./check-agreement.ts";
import { masked, type Problem, toProblems } from "./problem.ts";
import { definitionSchema } from "./definition-schema.ts";
import type { Definition, ErrorRule } from "../definition/definition.ts";
import type { Source } from "../definition/source-of.ts";
import type { Json } from "../json.ts";

/** All problems of a definition; empty when it has none. This loads zod, which the main entry of core does not. */
export function checkDefinition(definition: unknown): Problem[] {
  const shape = definitionSchema.safeParse(definition);
  if (!shape.success) return toProblems(shape.error);
  return [...checkReferences(definition as Definition), ...checkAgreement(definition as Definition)].map(masked);
}

const toCome = "The day of this page is in the future. Write the day on which it was read.";
/** Milliseconds by which the earliest time zone is ahead of UTC. */
const earliestZone = 14 * 3_600_000;

function isToCome(asOf: string): boolean {
  return asOf !== "unread" && asOf > new Date(Date.now() + earliestZone).toISOString().slice(0, 10);
}

function* checkReferences(definition: Definition): Generator<Problem> {
  const { models, smallModel, sources = {}, parameters = {}, errors = [], quirks = [] } = definition;
  for (const [path, source] of everySource(definition)) {
    if (typeof source === "string" && !Object.hasOwn(sources, source)) {
      yield { path, message: `"${source}" is not a key of \`sources\`: add the page there, with the day it was read.` };
    }
    if (typeof source !== "string" && isToCome(source[1])) yield { path, message: toCome };
  }
  for (const [key, [, asOf]] of Object.entries(sources))
    if (isToCome(asOf)) yield { path: `sources.${key}`, message: toCome };
  if (!Object.hasOwn(models, smallModel))
    yield { path: "smallModel", message: noSuchModel(smallModel, Object.keys(models)) };
  else if (models[smallModel]!.retired)
    yield { path: "smallModel", message: `"${smallModel}" is retired: name its successor.` };

  for (const [id, { source, ...info }] of Object.entries(models)) {
    const { context, maxOutput, retired, aliasOf } = info;
    const facts = Object.keys(info);
    if (source === undefined && facts.length > 0)
      yield { path: `models.${id}.source`, message: `Name the page that states ${facts.join(", ")}.` };
    const named = aliasOf !== undefined && Object.hasOwn(models, aliasOf) ? models[aliasOf] : undefined;
    if (aliasOf !== undefined && !named)
      yield { path: `models.${id}.aliasOf`, message: `"${aliasOf}" is not among \`models\`.` };
    if (named?.aliasOf !== undefined)
      yield {
        path: `models.${id}.aliasOf`,
        message: `"${aliasOf}" is an alias itself: name the model behind it.`,
      };
    if (named?.retired && !retired)
      yield {
        path: `models.${id}.aliasOf`,
        message: `"${aliasOf}" is retired: name the model that replaced it.`,
      };
    const successor = retired && Object.hasOwn(models, retired.use) ? models[retired.use] : undefined;
    if (retired && !successor)
      yield { path: `models.${id}.retired.use`, message: `"${retired.use}" is not among \`models\`.` };
    if (retired && successor?.retired)
      yield { path: `models.${id}.retired.use`, message: `"${retired.use}" is retired itself.` };
    if (context && maxOutput && maxOutput > context) {
      yield {
        path: `models.${id}.maxOutput`,
        message: "A model cannot write more tokens than its context window has.",
      };
    }
  }
  for (const name of Object.keys(parameters)) {
    for (const { rule, path } of rulesWithPaths(definition, name)) {
      if ("renamed" in rule && rule.renamed === name)
        yield { path, message: "A parameter cannot be renamed to itself." };
      if ("conflictsWith" in rule && rule.conflictsWith.includes(name)) {
        yield { path, message: "A parameter cannot be in conflict with itself." };
      }
    }
  }
  for (const [index, { name }] of quirks.entries()) {
    if (quirks.findIndex((quirk) => quirk.name === name) !== index) {
      yield { path: `quirks.${index}.name`, message: "Another quirk has this name." };
    }
  }
  for (const [index, rule] of errors.entries()) {
    const hiding = errors.slice(0, index).findIndex((earlier) => hides(earlier, rule));
    if (hiding >= 0)
      yield { path: `errors.${index}`, message: `errors.${hiding} comes first and matches everything that this does.` };
    if (rule.example !== undefined && !matchesItself(definition, rule)) {
      yield {
        path: `errors.${index}.example`,
        message: "The example does not match this rule, or an earlier one matches it first.",
      };
    }
  }
}

/** Models and small model are often in two files, and only one of them was changed. */
function noSuchModel(smallModel: string, ids: readonly string[]): string {
  const some = ids.slice(0, 5).map((id) => `"${id}"`);
  const known = ids.length > 5 ? `${some.join(", ")} …` : some.join(", ");
  return `"${smallModel}" is not among \`models\` (${known}). Change \`smallModel\` beside the base URL (src/<id>.ts in a scaffolded package), or add the model (src/models.ts).`;
}

function* everySource(definition: Definition): Generator<[path: string, source: Source]> {
  for (const [id, { source }] of Object.entries(definition.models)) if (source) yield [`models.${id}.source`, source];
  for (const name of Object.keys(definition.parameters ?? {})) {
    for (const { rule, path } of rulesWithPaths(definition, name)) yield [`${path}.source`, rule.source];
  }
  for (const part of ["unknownParameters", "messages", "streaming", "librechat", "refusals", "embeddings"] as const) {
    const fact = definition[part];
    if (fact) yield [`${part}.source`, fact.source];
  }
  for (const part of ["quirks", "errors"] as const) {
    for (const [index, { source }] of (definition[part] ?? []).entries()) yield [`${part}.${index}.source`, source];
  }
}

function hides(earlier: ErrorRule, later: ErrorRule): boolean {
  const sameStatus = earlier.status === undefined || earlier.status === later.status;
  const body = Object.entries(earlier.body ?? {});
  return sameStatus && body.every(([path, wanted]) => String(later.body?.[path]) === String(wanted));
}

/** `{parameter}` may be any parameter that the definition names. */
function matchesItself(definition: Definition, rule: ErrorRule): boolean {
  const { parameters = {}, unknownParameters, quirks = [], errors = [] } = definition;
  const known = unknownParameters && "known" in unknownParameters ? unknownParameters.known : [];
  const context = { model: "model", status: rule.status ?? 400, headers: {} };
  return ["parameter", ...Object.keys(parameters), ...known].some((name) => {
    const filled = JSON.stringify(rule.example).replaceAll("{parameter}", name).replaceAll("{value}", "1");
    const body = quirks.reduce<Json>((json, quirk) => quirk.error?.(json, context) ?? json, JSON.parse(filled) as Json);
    return errors.find((one) => matches(one, body, context.status)) === rule;
  });
}
