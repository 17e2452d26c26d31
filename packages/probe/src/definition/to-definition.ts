import {
  chatCompletions,
  type ChatCompletionsOptions,
  type Definition,
  type MessageRules,
  type ModelInfo,
  type ParameterRule,
} from "@llm-provider/core";
import { isEssential } from "@llm-provider/core/internal";
import { toLimitFacts } from "../endpoint/read-limits.ts";
import { specOf } from "../parameter-specs.ts";
import type { ParameterVerdict, ProbeReport } from "../report.ts";
import type { Identity } from "./identity.ts";
import { toErrorRules } from "./to-error-rules.ts";

/** The key of `sources` that every measured fact names. */
const source = "probe";

/** The definition that a probe proves. Open questions give no rule. */
export function toDefinition(report: ProbeReport, identity: Identity): Definition {
  const { id, name, keyEnv, day } = identity;
  const { baseURL, model, streaming, limits, refusals } = report;
  const { docs = new URL(baseURL).origin } = identity;
  const parameters = toParameters(report);
  const errors = toErrorRules(report);
  const messages = toMessages(report);
  const headers = toLimitFacts(report);
  return {
    id,
    name,
    docs,
    baseURL,
    auth: keyEnv === undefined ? "none" : { env: keyEnv, page: docs },
    sources: { probe: [`probe of ${baseURL}`, day] },
    dialect: chatCompletions(dialectOptions(report)),
    models: toModels(report),
    smallModel: model,
    ...(Object.keys(parameters).length > 0 && { parameters }),
    ...unknownParameters(report),
    ...(refusals.names !== "unknown" && {
      refusals: { names: refusals.names, wrongTypes: refusals.wrongTypes || ("taken" as const), source },
    }),
    ...(messages && { messages }),
    ...(streaming.toolCalls !== "unknown" &&
      streaming.usage !== "unknown" && {
        streaming: {
          toolCalls: streaming.toolCalls,
          usage: streaming.usage,
          ...(streaming.comments && { comments: "keep-alive" }),
          source,
        },
      }),
    ...(errors.length > 0 && { errors }),
    ...((limits.requestId !== "" || Object.keys(headers).length > 0) && {
      limits: {
        ...(limits.requestId !== "" && { requestId: limits.requestId }),
        ...(Object.keys(headers).length > 0 && { headers }),
      },
    }),
  };
}

/** How the endpoint speaks Chat Completions. */
export function dialectOptions({ reasoning, streaming }: ProbeReport): ChatCompletionsOptions {
  const { field, history } = reasoning;
  // Blocks may be signed: they go back unchanged.
  const goesBack = history === "optional" && field === "details" ? "verbatim" : history;
  return {
    ...(field !== "none" && field !== "tags" && { reasoning: field }),
    ...(goesBack !== "unknown" && goesBack !== "omit" && { history: goesBack }),
    ...(streaming.asked && { usage: "asked" as const }),
    ...(field === "tags" && { reasoningTags: ["think"] }),
  };
}

function toModels({ model, models, parameters, reasoning, structuredOutput }: ProbeReport): Definition["models"] {
  const features: NonNullable<ModelInfo["features"]> = [
    ...(parameters["tools"]?.verdict === "accepted" ? (["tools"] as const) : []),
    ...(structuredOutput.json_object === "accepted" ? (["json"] as const) : []),
    ...(structuredOutput.json_schema === "accepted" ? (["schema"] as const) : []),
    ...(reasoning.field === "none" ? [] : (["reasoning"] as const)),
  ];
  const others = models.filter((id) => id !== model).map((id) => [id, {}] as const);
  return { [model]: features.length > 0 ? { features, source } : {}, ...Object.fromEntries(others) };
}

function toParameters(report: ProbeReport): NonNullable<Definition["parameters"]> {
  const rules = new Map<string, ParameterRule[]>();
  const add = (name: string, rule: ParameterRule): unknown => rules.set(name, [...(rules.get(name) ?? []), rule]);
  for (const [first, second] of report.conflicts) {
    // The parameter with the rule is left out, so it must never be one that the answer depends on.
    const isFirst = !isEssential(first, specOf.get(first)?.values[0]);
    add(isFirst ? first : second, { conflictsWith: [isFirst ? second : first], source });
  }
  for (const [name, verdict] of Object.entries(report.parameters))
    for (const rule of rulesOf(name, verdict)) add(name, rule);
  for (const { parameter, beside, value } of report.requires)
    add(beside, { set: value, when: { [parameter]: { present: true } }, source });
  for (const { model, refused } of report.families)
    for (const [name, status] of Object.entries(refused)) add(name, { rejected: status, models: [model], source });
  return Object.fromEntries([...rules].map(([name, list]) => [name, list.length === 1 ? list[0]! : list]));
}

function* rulesOf(
  name: string,
  { verdict, status, to, range, values = {} }: ParameterVerdict,
): Generator<ParameterRule> {
  const [min, max] = range ?? [null, null];
  const bounds: ParameterRule = { range: [min ?? Number.NEGATIVE_INFINITY, max ?? Number.POSITIVE_INFINITY], source };
  if (verdict === "renamed") yield { renamed: to, source };
  if (verdict === "rejected") yield range ? bounds : { rejected: status, source };
  if (verdict === "ignored") yield { ignored: true, source };
  if (verdict !== "accepted") return;
  if (range && (min !== null || max !== null)) yield bounds;
  const refused = Object.entries(values).flatMap(([value, is]) => (is === "rejected" ? [value] : []));
  if (refused.length === 0 || status === 0) return;
  const path = name === "response_format" ? "response_format.type" : name;
  yield { rejected: status, when: { [path]: refused.length === 1 ? refused[0]! : refused }, source };
}

function unknownParameters({
  unknownParameters: { verdict, status },
  parameters,
}: ProbeReport): Pick<Definition, "unknownParameters"> {
  if (verdict === "ignored") return { unknownParameters: { ignored: true, source } };
  if (verdict !== "rejected") return {};
  const taken = Object.entries(parameters).flatMap(([name, one]) =>
    one.verdict === "renamed" ? [one.to] : one.verdict === "rejected" && !one.range ? [] : [name],
  );
  return {
    unknownParameters: {
      rejected: status,
      known: [...new Set(["model", "messages", "stream", ...taken])],
      source,
    },
  };
}

function toMessages({ messages }: ProbeReport): MessageRules | undefined {
  if (Object.keys(messages).length === 0) return undefined;
  const { toolCallId, ...rules } = messages;
  return {
    ...(rules as Omit<MessageRules, "source">),
    ...(typeof toolCallId === "string" && { toolCallId: new RegExp(toolCallId) }),
    source,
  };
}
