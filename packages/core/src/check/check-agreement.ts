import type { ChatRequest } from "../chat/chat-request.ts";
import { decide } from "../definition/decide.ts";
import type { Definition } from "../definition/definition.ts";
import { modelInfo } from "../definition/model-info.ts";
import type { ParameterRule } from "../definition/parameter-rule.ts";
import { parameterRules } from "../definition/parameter-rules.ts";
import type { Problem } from "./problem.ts";

const schema = { name: "city", schema: { type: "object" } };
/** The value that a caller sends in `parameter` to use a feature. */
const uses: { readonly [feature: string]: { readonly parameter: string; readonly value: unknown } } = {
  tools: { parameter: "tools", value: [{ type: "function", function: { name: "look_up" } }] },
  images: {
    parameter: "messages",
    value: [{ role: "user", content: [{ type: "image_url", image_url: { url: "data:image/png;base64,AA==" } }] }],
  },
  json: { parameter: "response_format", value: { type: "json_object" } },
  schema: { parameter: "response_format", value: { type: "json_schema", json_schema: schema } },
};

/** Contradictions between the catalogue, the parameter rules and the lists of names. */
export function* checkAgreement(definition: Definition): Generator<Problem> {
  for (const name of Object.keys(definition.parameters ?? {})) {
    for (const { rule, path } of rulesWithPaths(definition, name)) yield* checkModels(definition, rule, path);
  }
  yield* checkFeatures(definition);
  yield* checkKnownNames(definition);
}

/** Each rule of a parameter, with its place in the definition. */
export function rulesWithPaths(definition: Definition, name: string): { rule: ParameterRule; path: string }[] {
  const isList = Array.isArray(definition.parameters?.[name]);
  return parameterRules(definition, name).map((rule, index) => ({
    rule,
    path: isList ? `parameters.${name}.${index}` : `parameters.${name}`,
  }));
}

function* checkModels({ models }: Definition, rule: ParameterRule, path: string): Generator<Problem> {
  const { models: wanted } = rule;
  const ids = Object.keys(models);
  if (wanted === undefined) return;
  if (wanted instanceof RegExp) {
    if (!ids.some((id) => id.search(wanted) >= 0))
      yield {
        path: `${path}.models`,
        message: `${wanted} matches no model of \`models\`: correct the pattern, add the model or remove the rule.`,
      };
    return;
  }
  if (wanted.length === 0) yield { path: `${path}.models`, message: "The list is empty, so the rule never applies." };
  for (const id of wanted)
    if (!ids.includes(id))
      yield {
        path: `${path}.models`,
        message: `"${id}" is not among \`models\`: correct the id, add the model or take it off the list.`,
      };
}

/** A model has a feature, but a rule refuses the parameter that the feature needs. */
function* checkFeatures(definition: Definition): Generator<Problem> {
  for (const id of Object.keys(definition.models)) {
    const { features = [], retired } = modelInfo(definition, id)!;
    if (retired) continue;
    for (const feature of features) {
      const use = Object.hasOwn(uses, feature) ? uses[feature] : undefined;
      const refusal = use && refusalOf(definition, id, use);
      if (refusal !== undefined)
        yield {
          path: `models.${id}.features`,
          message: `The model has "${feature}", and ${refusal}: remove one of the two.`,
        };
      if (feature === "embeddings" && !definition.dialect.embeddings)
        yield {
          path: `models.${id}.features`,
          message: 'The model has "embeddings", and the dialect has no path for them: take the feature off.',
        };
    }
  }
}

function refusalOf(
  definition: Definition,
  model: string,
  { parameter, value }: { readonly parameter: string; readonly value: unknown },
): string | undefined {
  const request = { model, messages: [], [parameter]: value } as ChatRequest;
  const refused = decide(definition, request).find(
    (one) => one.parameter === parameter && typeof one.endpoint === "object",
  );
  if (!refused) return undefined;
  const { rule } = refused;
  if (!rule) return `\`${parameter}\` is not in \`unknownParameters.known\``;
  if (!("rejected" in rule)) return undefined;
  const path = rulesWithPaths(definition, parameter).find((one) => one.rule === rule)!.path;
  return `\`${path}\` says that the endpoint rejects \`${parameter}\``;
}

/** `known` says that the endpoint takes this name, so a rule for every request may not say the opposite. */
function* checkKnownNames(definition: Definition): Generator<Problem> {
  const { unknownParameters } = definition;
  if (!unknownParameters || !("rejected" in unknownParameters)) return;
  for (const name of unknownParameters.known) {
    for (const { rule, path } of rulesWithPaths(definition, name)) {
      if (rule.models !== undefined || rule.when !== undefined) continue;
      const says = "renamed" in rule ? "renamed" : "rejected" in rule ? "rejected" : undefined;
      if (says !== undefined)
        yield {
          path: "unknownParameters.known",
          message: `"${name}" is listed here, and \`${path}\` says that it is ${says}: remove one of the two.`,
        };
    }
  }
}
