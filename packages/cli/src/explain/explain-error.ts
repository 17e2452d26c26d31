import {
  parameterRules,
  ProviderError,
  readPath,
  sourceOf,
  type Definition,
  type ErrorRule,
  type ProviderFactory,
} from "@llm-provider/core";
import { commonTexts } from "./common-texts.ts";
import { findParameter } from "./find-parameter.ts";
import { librechatLine } from "./librechat-line.ts";
import type { ErrorInput } from "./read-error.ts";

export type Explanation = {
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
};

/** What an error means at a provider. Says so where it does not know. */
export async function explainError(factory: ProviderFactory, input: ErrorInput): Promise<Explanation> {
  const { definition } = factory;
  const text = input.body ?? input.text;
  const rule = (definition.errors ?? []).find(
    (one) =>
      one.body &&
      sounds(one, text) &&
      (input.status === undefined || one.status === undefined || one.status === input.status),
  );
  const common = commonTexts.find(({ pattern }) => pattern.test(input.text));
  const parameter = findParameter(input.text);
  const status = input.status ?? rule?.status;
  const error = status === undefined ? undefined : await classify(factory, status, text);
  const evidence = [
    ...(rule ? [evidenceOf(definition, rule)] : []),
    ...(common ? [{ text: common.cause, source: common.source }] : []),
  ];
  const isSpecific =
    rule !== undefined ||
    (error?.hint !== undefined && definition.errors?.some((one) => error.hint!.startsWith(one.hint)));
  const base = {
    provider: definition.name,
    ...(status !== undefined && { status }),
    ...((error ?? rule) && { code: error?.code ?? rule!.code }),
  };

  if (parameter !== undefined && !(error && ["invalid-key", "rate-limit", "quota"].includes(error.code)))
    return explainParameter(definition, parameter, base, evidence, error);
  if (common && !rule)
    return {
      ...base,
      isKnown: true,
      cause: common.cause,
      evidence,
      fix: [common.fix, ...(error?.hint && isSpecific ? [error.hint] : [])],
    };
  if (error && (isSpecific || status !== undefined)) {
    const cause = causeOf(error.code, definition.name);
    const known = isSpecific || input.text === String(status);
    const line = librechatLine(error, text);
    return {
      ...base,
      isKnown: known,
      cause,
      evidence,
      fix: [error.hint ?? ""].filter(Boolean),
      ...(line !== undefined && { librechat: line }),
    };
  }
  return {
    ...base,
    isKnown: false,
    cause: "Unknown: no rule of this provider, and no text that we know, matches.",
    evidence,
    fix: [`Print the request with \`llm-provider curl ${definition.id}\` and compare it with ${definition.docs}`],
  };
}

function explainParameter(
  definition: Definition,
  parameter: string,
  base: Partial<Explanation>,
  evidence: Explanation["evidence"],
  error: ProviderError | undefined,
): Explanation {
  const rules = parameterRules(definition, parameter);
  const facts = rules.map((one) => ({
    text: `${parameter}: ${describe(one)}`,
    source: sourceOf(definition, one.source).url,
  }));
  const renamed = rules.find((one) => "renamed" in one);
  return {
    ...base,
    isKnown: true,
    cause: `${definition.name} does not take \`${parameter}\` in this request.`,
    evidence: [...facts, ...evidence],
    fix: [
      renamed && "renamed" in renamed
        ? `Send \`${renamed.renamed}\` instead; our client does so by itself.`
        : `Leave \`${parameter}\` out${rules.length > 0 ? "; our client does so by itself" : ""}.`,
      ...(error?.hint && rules.length === 0 ? [error.hint] : []),
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

/** Do all the texts that a rule looks for stand in what was pasted, wherever? */
function sounds(rule: ErrorRule, text: string): boolean {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  return Object.entries(rule.body ?? {}).every(([path, wanted]) => {
    const value = readPath(body, path);
    const found =
      value === undefined || value === null ? text : typeof value === "object" ? JSON.stringify(value) : String(value);
    if (wanted instanceof RegExp) return found.search(wanted) >= 0;
    return value === undefined
      ? new RegExp(`(^|[^\\w-])${wanted.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}($|[^\\w-])`).test(text)
      : found === wanted;
  });
}

function evidenceOf(definition: Definition, rule: ErrorRule): Explanation["evidence"][number] {
  const pattern = Object.entries(rule.body ?? {}).map(([path, wanted]) => `\`${path}\` ${String(wanted)}`);
  return {
    text: `${definition.name} answers ${rule.status ?? "so"} with ${pattern.join(" and ")}`,
    source: sourceOf(definition, rule.source).url,
  };
}

/** The client's own judgement, by giving it this very answer. */
async function classify(factory: ProviderFactory, status: number, text: string): Promise<ProviderError | undefined> {
  const body = /^\s*[{[]/.test(text) ? text : JSON.stringify({ error: { message: text }, message: text });
  const provider = factory({
    apiKey: "explain-no-key",
    retries: 0,
    fetch: async () => new Response(body, { status, headers: { "content-type": "application/json" } }),
  });
  try {
    await provider.chat({ model: factory.definition.smallModel, messages: [{ role: "user", content: "Hello" }] });
    return undefined;
  } catch (error) {
    return ProviderError.is(error) ? error : undefined;
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
  };
  return causes[code] ?? "The answer is not what was expected.";
}
