import type { Definition, ErrorCode, ErrorRule, Json, ProviderError } from "@llm-provider/core";
import { classifyError, fillHint, parameterRules, sourceOf } from "@llm-provider/core/internal";
import { commonTexts } from "./common-texts.ts";
import { findParameter, ruleSounds, type ErrorInput } from "./read-error.ts";

/** What an error means. */
export interface Explanation {
  readonly isKnown: boolean;
  readonly provider?: string;
  readonly status?: number;
  readonly code?: string;
  readonly cause: string;
  /** What the explanation rests on, each with its page. */
  readonly evidence: readonly { readonly text: string; readonly source: string }[];
  readonly fix: readonly string[];
  /** A line for the endpoint in librechat.yaml. */
  readonly librechat?: string;
}

/** What an error means at a provider. Says so where it does not know. */
export function explainError(definition: Definition, input: ErrorInput): Explanation {
  const text = input.body ?? input.text;
  const rule = (definition.errors ?? []).find(
    (one) =>
      ruleSounds(definition, one, text) &&
      (input.status === undefined || one.status === undefined || one.status === input.status),
  );
  const common = commonTexts.find(({ pattern }) => pattern.test(input.text));
  const parameter = findParameter(input.text);
  const status = input.status ?? rule?.status;
  const error = status === undefined ? undefined : classify(definition, status, text);
  const code = rule?.code ?? error?.code;
  const hint = rule ? `${fillHint(rule.hint, parse(text))} (${sourceOf(definition, rule.source).url})` : error?.hint;
  const isByStatus = !rule && hint !== undefined && (definition.errors ?? []).some((one) => hint.startsWith(one.hint));
  const evidence = rule ? [evidenceOf(definition, rule)] : [];
  const base = { provider: definition.name, ...(status !== undefined && { status }), ...(code && { code }) };

  if (parameter !== undefined && (code === undefined || parameterCodes.has(code))) {
    return explainParameter(definition, parameter, base, evidence, rule && hint);
  }
  if (common && !rule) {
    const fix = [common.fix, ...(isByStatus ? [hint!] : [])];
    return {
      ...base,
      isKnown: true,
      cause: common.cause,
      evidence: [{ text: "The text itself", source: common.source }],
      fix,
    };
  }
  if (code !== undefined) {
    const line = librechatLine(code, text);
    const isKnown = rule !== undefined || isByStatus || input.text === String(status);
    return {
      ...base,
      isKnown,
      cause: causeOf(code, definition.name),
      evidence,
      fix: hint ? [hint] : [],
      ...(line !== undefined && { librechat: line }),
    };
  }
  const fix = [`Print the request with \`llm-provider curl ${definition.id}\` and compare it with ${definition.docs}`];
  return {
    ...base,
    isKnown: false,
    cause: "no rule of this provider, and no text that we know, matches.",
    evidence,
    fix,
  };
}

const parameterCodes: ReadonlySet<string> = new Set(["invalid-request", "unsupported-parameter", "not-found"]);

function explainParameter(
  definition: Definition,
  parameter: string,
  base: Partial<Explanation>,
  evidence: Explanation["evidence"],
  hint: string | undefined,
): Explanation {
  const rules = parameterRules(definition, parameter);
  const facts = rules.map((one) => ({
    text: `${parameter}: ${describe(one)}`,
    source: sourceOf(definition, one.source).url,
  }));
  const renamed = rules.find((one) => "renamed" in one);
  return {
    code: "unsupported-parameter",
    ...base,
    isKnown: true,
    cause: `${definition.name} does not take \`${parameter}\` in this request.`,
    evidence: [...facts, ...evidence],
    fix: [
      renamed && "renamed" in renamed
        ? `Send \`${renamed.renamed}\` instead; our client does so by itself.`
        : `Leave \`${parameter}\` out${rules.length > 0 ? "; our client does so by itself" : ""}.`,
      ...(hint && rules.length === 0 ? [hint] : []),
    ],
    librechat: `dropParams: ${JSON.stringify(spellings(parameter))}`,
  };
}

/** LibreChat renames these before it drops by the literal name, so both spellings are needed. */
function spellings(parameter: string): string[] {
  const camelCase = parameter.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return ["frequency_penalty", "presence_penalty", "max_tokens", "top_p"].includes(parameter)
    ? [parameter, camelCase]
    : [parameter];
}

function describe(rule: object): string {
  const { source: _source, models, when, ...fact } = rule as { source: unknown; models?: unknown; when?: object };
  const limits = [...(models ? ["for some models"] : []), ...(when ? [`when ${JSON.stringify(when)}`] : [])];
  return [JSON.stringify(fact), ...limits].join(" ");
}

function evidenceOf(definition: Definition, rule: ErrorRule): Explanation["evidence"][number] {
  const pattern = Object.entries(rule.body ?? {}).map(([path, wanted]) => `\`${path}\` ${String(wanted)}`);
  return {
    text: `${definition.name} answers ${rule.status ?? "so"} ${pattern.length > 0 ? `with ${pattern.join(" and ")}` : "in these words"}`,
    source: sourceOf(definition, rule.source).url,
  };
}

/** The client's own judgement of such an answer. */
function classify(definition: Definition, status: number, text: string): ProviderError {
  return classifyError(
    definition,
    parse(text),
    { model: definition.smallModel, status, headers: {} },
    (value) => value,
  );
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return { error: { message: text }, message: text };
  }
}

function causeOf(code: string, name: string): string {
  const causes: Readonly<Record<string, string>> = {
    "invalid-key": `${name} does not know the key.`,
    forbidden: "The key may not do this.",
    "not-found": "There is no such model, or no such path.",
    "model-retired": "The model was withdrawn.",
    "invalid-request": "The request is not as the endpoint wants it.",
    "unsupported-parameter": "The request holds a parameter that this endpoint or model does not take.",
    "context-overflow": "The messages and the room for the answer are more than fits.",
    "rate-limit": "Too many requests or tokens in too short a time.",
    quota: "The account has no money or no quota left.",
    overloaded: "The endpoint is too busy.",
    server: "The fault is the endpoint's.",
    timeout: "It took too long.",
    "content-filter": "The content was refused.",
    "tool-call-invalid": "The model called a tool in a way that does not fit its schema.",
    "tool-failed": "The tool's own code threw an error.",
  };
  return causes[code] ?? "The answer is not what was expected.";
}

/** The line of an endpoint in librechat.yaml that mends this error, where there is one. */
function librechatLine(code: ErrorCode, text: string): string | undefined {
  if (/reasoning_content/.test(text) && /passed back|must be/.test(text))
    return "customParams: { includeReasoningContent: true, includeReasoningHistory: true }";
  if (code === "model-retired" || code === "not-found")
    return 'models: { default: ["<a model that is listed>"] }   # and titleModel';
  if (code === "context-overflow")
    return 'tokenConfig: { "<model>": { prompt: …, completion: …, context: … } }   # written by `llm-provider librechat add`';
  return undefined;
}
