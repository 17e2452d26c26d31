import type { ChatRequest, Definition } from "@llm-provider/core";
import { sourceOf } from "@llm-provider/core/internal";
import { decide, describeRule, type Decision } from "@llm-provider/core/rules";
import { dropSpellings, type LoggedError } from "@llm-provider/librechat";
import type { Explanation } from "./explanation.ts";
import { isIndispensable, type BlamedField } from "./find-blamed-field.ts";
import { namedModel } from "./match-rule.ts";

/** The meaning of an error that blames a field of the request. */
export function explainField(
  provider: Definition | undefined,
  field: BlamedField,
  { entry, text }: LoggedError,
  hint: string | undefined,
): Pick<Explanation, "isKnown" | "code" | "cause" | "fix" | "librechat"> {
  const who = provider?.name ?? "The endpoint";
  if (field.inside !== undefined) return explainInnerField(who, field);
  const { name } = field;
  const decisions = provider ? decisionsAbout(provider, name, entry) : [];
  const isRefused = decisions.some(({ endpoint }) => typeof endpoint === "object");
  const isNeeded = isIndispensable(name);
  if (isNeeded || (field.isValue && !isRefused)) {
    return {
      code: "invalid-request",
      isKnown: true,
      cause: `${who} refuses the value of \`${name}\`${text === "" ? "" : `: "${text.slice(0, 300)}"`}.`,
      fix: [(!isNeeded && hint) || `Correct \`${name}\`: the message says what is allowed.`],
    };
  }
  const renamed = decisions.find(({ does }) => does === "rename");
  const isOurs = decisions.some(({ does }) => does === "drop") ? "; our client does this by itself" : "";
  return {
    code: "unsupported-parameter",
    isKnown: true,
    cause: `${who} does not take \`${name}\` in this request.`,
    fix: [
      renamed
        ? `Send \`${String(renamed.to)}\` instead; our client does this by itself.`
        : `Leave \`${name}\` out${isOurs}.`,
      ...(hint && decisions.length === 0 && !/\{\w+(?:\.\w+)+\}/.test(hint) ? [hint] : []),
    ],
    librechat: `dropParams: ${JSON.stringify(dropSpellings(name))}`,
  };
}

/** A field inside a message or a tool: parameter settings cannot change it. */
function explainInnerField(who: string, { name, inside, isValue }: BlamedField): ReturnType<typeof explainField> {
  const isReasoning = /^reasoning(?:_content|_details)?$/.test(name);
  return {
    code: isValue ? "invalid-request" : "unsupported-parameter",
    isKnown: true,
    cause: isValue
      ? `${who} refuses the value of the field \`${name}\` inside \`${inside}\`.`
      : `${who} does not take the field \`${name}\` inside \`${inside}\`.`,
    fix: [
      `Leave \`${name}\` out of \`${inside}\`. It is not a parameter, so no list of parameters in librechat.yaml can remove it.`,
      isReasoning
        ? "In LibreChat, stop sending back the thinking of earlier turns."
        : "An earlier turn of another provider, or an agent's tool, wrote this field: begin a new conversation in LibreChat. A gateway can remove it from every request.",
    ],
    ...(isReasoning && {
      librechat: "customParams: { includeReasoningContent: false, includeReasoningHistory: false }",
    }),
  };
}

/** The facts behind a parameter, each with its page. */
export function parameterFacts(definition: Definition, name: string, entry: string): Explanation["evidence"] {
  return decisionsAbout(definition, name, entry).map(({ rule }) => ({
    text: describeRule(name, rule!),
    source: sourceOf(definition, rule!.source).url,
  }));
}

/** Values that rules distinguish: an error seldom repeats the sent value. */
const samples: readonly unknown[] = [true, 1, 1e9, -1e9, "high", "none", ["x"], { type: "enabled" }];

/** The decisions of the rules about a parameter, one per rule, for the model in the text or for any. */
function decisionsAbout(definition: Definition, name: string, entry: string): Decision[] {
  const named = namedModel(definition, entry);
  const found = new Map<unknown, Decision>();
  for (const model of named === undefined ? Object.keys(definition.models) : [named]) {
    for (const value of samples) {
      const request = { model, messages: [], [name]: value } as ChatRequest;
      for (const decision of decide(definition, request))
        if (decision.parameter === name && decision.rule && !found.has(decision.rule))
          found.set(decision.rule, decision);
    }
  }
  return [...found.values()];
}
