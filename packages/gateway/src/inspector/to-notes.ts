import type { ChatRequest, Definition, ParameterRule } from "@llm-provider/core";
import { parameterRules, sourceOf } from "@llm-provider/core/internal";
import { decide, describeRule } from "@llm-provider/core/rules";
import type { SealedAttempt } from "../recording/seal.ts";
import type { FieldNote } from "./inspected-request.ts";
import { rootOf } from "./to-difference.ts";

/** Describes each field that has a rule or was changed by a quirk. */
export function toNotes(
  definition: Definition,
  { model, parameters, changes }: SealedAttempt,
  fields: readonly string[],
): FieldNote[] {
  const request = { ...parameters, model, messages: [] } as ChatRequest;
  const decisions = decide(definition, request);
  return fields.flatMap((field): FieldNote[] => {
    const decision = decisions.find(({ parameter, does, to, rule }) =>
      does === "rename" ? to === field : rule !== undefined && parameter === field,
    );
    if (decision?.rule) return [noteOf(field, describeRule(decision.parameter, decision.rule), decision.source)];
    const quirk = definition.quirks?.find(({ name }) =>
      changes.some(({ parameter, reason }) => reason === name && rootOf(parameter) === field),
    );
    if (quirk) return [noteOf(field, quirk.name, sourceOf(definition, quirk.source).url)];
    const [rule] = parameterRules(definition, field);
    if (rule) return [ruleNote(definition, field, rule)];
    if (field === "messages" && definition.messages) {
      const { source } = definition.messages;
      const sentence = `${definition.name} has its own rules for messages, and the messages are adapted to them.`;
      return [noteOf(field, sentence, sourceOf(definition, source).url)];
    }
    return [];
  });
}

function ruleNote(definition: Definition, field: string, rule: ParameterRule): FieldNote {
  return noteOf(field, describeRule(field, rule), sourceOf(definition, rule.source).url);
}

function noteOf(field: string, sentence: string, page: string): FieldNote {
  return { field, sentence, ...(/^https?:/.test(page) && { page }) };
}
