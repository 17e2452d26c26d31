import type { ChatRequest, Definition, ParameterRule } from "@llm-provider/core";
import { closestName, parameterRules, sourceOf } from "@llm-provider/core/internal";
import { decide, type Decision } from "@llm-provider/core/rules";
import { offeredModels } from "../../endpoint/offered-models.ts";
import { asRecord } from "../as-record.ts";
import { isIdle } from "./idle-parameter.ts";
import type { Finding, Rule } from "../rule.ts";

/** LibreChat's own names of wire parameters, as `addParams` may contain them. */
const wireNames: { readonly [name: string]: string } = {
  topP: "top_p",
  frequencyPenalty: "frequency_penalty",
  presencePenalty: "presence_penalty",
  maxTokens: "max_tokens",
  logitBias: "logit_bias",
  topLogprobs: "top_logprobs",
};

export const addedParameter: Rule = {
  id: "added-parameter",
  severity: "warning",
  why: "Every request carries what `addParams` lists, so a value that the provider does not take breaks or wastes each of them (https://github.com/danny-avila/LibreChat/issues/1910).",
  *check({ endpoints }) {
    for (const { path, value, label, definition, models } of endpoints) {
      const added = asRecord(value["addParams"]);
      const dropped = Array.isArray(value["dropParams"]) ? value["dropParams"] : [];
      for (const [name, written] of Object.entries(added)) {
        const at = { key: [...path, "addParams", name] };
        if (dropped.includes(name) && name !== "web_search") {
          yield {
            at,
            message: `${label} adds \`${name}\` and drops it again.`,
            fix: "Delete it from `addParams` or from `dropParams`.",
            why: "LibreChat drops last (read in v0.8.7, endpoints/openai/llm.ts).",
          };
          continue;
        }
        if (isIdle(name)) continue;
        const finding = definition && check(definition, models, wireNames[name] ?? name, name, written, added);
        if (finding) yield { at: { value: [...path, "addParams", name] }, ...finding };
      }
    }
  },
};

function check(
  definition: Definition,
  models: readonly string[],
  wireName: string,
  name: string,
  written: unknown,
  added: { readonly [name: string]: unknown },
): Omit<Finding, "at"> | undefined {
  const known = models.filter((model) => Object.hasOwn(definition.models, model));
  const asked = known.length > 0 ? known : offeredModels(definition);
  const hits = new Map<ParameterRule, { decision: Decision; models: string[] }>();
  for (const model of asked) {
    const request: ChatRequest = { model, messages: [], ...added, [wireName]: written };
    for (const decision of decide(definition, request)) {
      if (decision.parameter !== wireName || !decision.rule) continue;
      const hit = hits.get(decision.rule) ?? { decision, models: [] };
      hit.models.push(model);
      hits.set(decision.rule, hit);
    }
  }
  for (const { decision, models: hit } of hits.values()) {
    const isForAll = hit.length === asked.length;
    const said = say(definition, decision, name, added, isForAll, isForAll ? "" : ` for ${hit.join(", ")}`);
    if (said) return { ...said, why: `Read at ${decision.source}.` };
  }
  const unknown = definition.unknownParameters;
  if (unknown && "ignored" in unknown && parameterRules(definition, wireName).length === 0) {
    const near = closestName(wireName, Object.keys(definition.parameters ?? {}));
    if (near)
      return {
        message: `\`${name}\` is not a known parameter of ${definition.name}, which ignores it.`,
        fix: `Did you mean \`${near}\`?`,
        why: `Read at ${sourceOf(definition, unknown.source).url}.`,
      };
  }
  return undefined;
}

function say(
  { name: provider }: Definition,
  { does, to, rule }: Decision,
  name: string,
  added: { readonly [name: string]: unknown },
  isForAll: boolean,
  whom: string,
): { message: string; fix: string } | undefined {
  if (does === "clamp" && rule && "range" in rule) {
    return {
      message: `${provider} takes \`${name}\` from ${rule.range[0]} to ${rule.range[1]}.`,
      fix: `Write a number from ${rule.range[0]} to ${rule.range[1]}.`,
    };
  }
  if (does === "map" || does === "set") {
    return {
      message: `${provider} does not know this value of \`${name}\`${whom}.`,
      fix: `Write ${JSON.stringify(to)}.`,
    };
  }
  if (does === "rename")
    return { message: `${provider} calls \`${name}\` by another name.`, fix: `Write \`${String(to)}\`.` };
  if (does === "ignore" && isForAll)
    return { message: `${provider} takes \`${name}\`, but it has no effect.`, fix: "Delete it." };
  if (rule && "conflictsWith" in rule) {
    const other = rule.conflictsWith.find((one) => added[one] !== undefined);
    if (other)
      return { message: `${provider} does not take \`${name}\` beside \`${other}\`.`, fix: "Delete one of them." };
  }
  return undefined;
}
