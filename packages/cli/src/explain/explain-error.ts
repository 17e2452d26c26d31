import { chatCompletions, type Definition, type ErrorCode, type ErrorRule, type Json } from "@llm-provider/core";
import { sourceOf } from "@llm-provider/core/internal";
import { classifyError } from "@llm-provider/core/internal/errors";
import { explainLibreChatText, namesLangChainPage, type LoggedError } from "@llm-provider/librechat";
import { clientTexts, langChainText, type ClientText } from "./client-texts.ts";
import { explainField, parameterFacts } from "./explain-field.ts";
import { findBlamedField } from "./find-blamed-field.ts";
import type { Explanation } from "./explanation.ts";
import { bodiesOf, matchRule, namedModel } from "./match-rule.ts";

/** An unknown endpoint: only common wording applies. */
const anyEndpoint: Definition = {
  id: "endpoint",
  name: "The endpoint",
  docs: "",
  baseURL: "",
  auth: "none",
  dialect: chatCompletions(),
  models: {},
  smallModel: "",
  limits: {
    waitText:
      /(?:try again|retry|wait)(?: again)?(?: in| after)? ((?:\d+(?:\.\d+)?(?:ms|[hms]))+|\d+(?:\.\d+)?(?= ?sec))/i,
  },
};

/** The meaning of an error of LibreChat, the network or an endpoint. It says so if the error is unknown. */
export function explainError(provider: Definition | undefined, error: LoggedError): Explanation {
  const own = explainLibreChatText(error.entry);
  if (own) {
    const { source, version, cause, fix, librechat } = own;
    const evidence = [{ text: `LibreChat's own words (${version})`, source }];
    return { isKnown: true, cause, evidence, fix, ...(librechat !== undefined && { librechat }) };
  }
  const base = {
    ...(provider && { provider: provider.name }),
    ...(error.status !== undefined && { status: error.status }),
  };
  const words = [error.text, error.entry];
  const client = clientTexts.find(
    ({ pattern, isAnswer, isCommon }) =>
      !isCommon &&
      (isAnswer || (error.status === undefined && error.body === undefined)) &&
      words.some((text) => pattern.test(text)) &&
      !(error.body !== undefined && pattern.source.startsWith("^")),
  );
  if (client) return explainClientText(client, base);
  return explainAnswer(provider, error, base);
}

function explainClientText(text: ClientText, base: Partial<Explanation>): Explanation {
  return {
    ...base,
    isKnown: true,
    cause: text.cause,
    evidence: [{ text: "The text itself", source: text.source }],
    fix: [text.fix],
    ...(text.librechat !== undefined && { librechat: text.librechat }),
  };
}

function explainAnswer(provider: Definition | undefined, error: LoggedError, base: Partial<Explanation>): Explanation {
  const definition = provider ?? anyEndpoint;
  const matched = provider && matchRule(provider, error);
  const said = sayings(definition, error);
  const rule = matched && (matched.rule.body || !said.isExact) ? matched.rule : undefined;
  const status = error.status ?? rule?.status;
  const judged = rule ? classify(definition, error, status, [rule], matched!.body) : said.error;
  // The catalogue knows more about a model than the endpoint's text.
  const code = judged.code === "model-retired" ? judged.code : (rule?.code ?? said.code);
  const head = { ...base, ...(status !== undefined && { status }), ...(code && { code }) };
  const evidence = rule && provider ? [evidenceOf(provider, rule)] : [];

  const blamed = findBlamedField(`${JSON.stringify(error.body) ?? ""}\n${error.text}`);
  const isAboutField = code === undefined || code === "invalid-request" || code === "unsupported-parameter";
  if (blamed && isAboutField)
    return {
      ...head,
      ...explainField(provider, blamed, error, rule && judged.hint),
      evidence: [...fieldFacts(provider, blamed, error), ...evidence],
    };
  const isVaguely404 = (status ?? 404) === 404 && !rule?.body && !said.hasWords;
  if (isVaguely404 && namesLangChainPage(error.entry)) return explainClientText(langChainText, head);
  const isKnown = rule !== undefined || said.hasWords || (code !== undefined && telling.has(code));
  const common = isKnown
    ? undefined
    : clientTexts.find(({ isCommon, pattern }) => isCommon && pattern.test(error.entry));
  if (common) return explainClientText(common, head);
  if (code === undefined) return unknown(provider, head);

  const wait =
    judged.retryAfter ?? classify({ ...definition, limits: anyEndpoint.limits! }, error, status, []).retryAfter;
  const line = librechatLine(code, error);
  const quote = judged.message.trim();
  const isVague = !rule?.body && !said.isExact && quote && error.text !== String(status) && quote !== String(status);
  return {
    ...head,
    isKnown,
    cause: `${causeOf(code, definition.name)}${isVague ? ` It says: "${quote.slice(0, 300)}"` : ""}`,
    evidence,
    fix: [
      ...(wait ? [`Wait ${seconds(wait)}, then send it again.`] : []),
      ...(judged.hint ? [filled(judged.hint, evidence)] : []),
    ],
    ...(line !== undefined && { librechat: line }),
  };
}

function fieldFacts(
  provider: Definition | undefined,
  field: NonNullable<ReturnType<typeof findBlamedField>>,
  error: LoggedError,
): Explanation["evidence"] {
  return provider && field.inside === undefined ? parameterFacts(provider, field.name, error.entry) : [];
}

/** The code by the words of an error, whoever sent it, if they say more than its status. */
function sayings(definition: Definition, error: LoggedError): Sayings {
  const plainCode = (status: number | undefined): ErrorCode => classify(definition, error, status, [], {}).code;
  const judged = bodiesOf(error).map((body) => classify(definition, error, error.status, [], body));
  const exact = judged.find(({ code }) => code !== plainCode(error.status));
  const best = exact ?? judged[0]!;
  const hasWords = bodiesOf(error).some(
    (body) => classify(definition, error, undefined, [], body).code !== plainCode(undefined),
  );
  const code = !exact && error.status === undefined ? undefined : best.code;
  return { error: best, code, isExact: exact !== undefined, hasWords };
}

interface Sayings {
  readonly error: ReturnType<typeof classifyError>;
  readonly code: ErrorCode | undefined;
  readonly isExact: boolean;
  readonly hasWords: boolean;
}

/** The code by the status alone, whoever answers. */
const telling: ReadonlySet<ErrorCode> = new Set([
  "invalid-key",
  "quota",
  "not-found",
  "context-overflow",
  "rate-limit",
  "overloaded",
  "timeout",
]);

/** The client's own classification of such an answer, with some of the rules. */
function classify(
  definition: Definition,
  error: LoggedError,
  status: number | undefined,
  errors: readonly ErrorRule[],
  body: Json = bodiesOf(error)[0]!,
): ReturnType<typeof classifyError> {
  const model = namedModel(definition, error.entry) ?? "";
  const context = { model, status: status ?? 0, headers: error.headers };
  return classifyError({ ...definition, errors }, body, context, (value) => value);
}

function unknown(provider: Definition | undefined, head: Partial<Explanation>): Explanation {
  return {
    ...head,
    isKnown: false,
    cause: provider
      ? "it matches no rule of this provider and no known text."
      : "it matches no known text and does not say which endpoint sent it.",
    evidence: [],
    fix: provider
      ? [`Print the request with \`llm-provider curl ${provider.id}\` and compare it with ${provider.docs}`]
      : ["Name the provider with `--provider`, and give the whole entry of the log or the whole body."],
  };
}

function evidenceOf(definition: Definition, rule: ErrorRule): Explanation["evidence"][number] {
  const pattern = Object.entries(rule.body ?? {}).map(([path, wanted]) => `\`${path}\` ${String(wanted)}`);
  return {
    text: `${definition.name} answers ${rule.status ?? "so"}${pattern.length > 0 ? ` with ${pattern.join(" and ")}` : ""}`,
    source: sourceOf(definition, rule.source).url,
  };
}

/** A hint without the page that the evidence names, and without sentences about fields that the body does not have. */
function filled(hint: string, evidence: Explanation["evidence"]): string {
  return evidence
    .reduce((text, { source }) => text.replace(` (${source})`, ""), hint)
    .split(/(?<=[.!?]) /)
    .filter((sentence) => !/\{\w+(?:\.\w+)+\}/.test(sentence))
    .join(" ");
}

function seconds(milliseconds: number): string {
  if (milliseconds >= 120_000) return `${Math.ceil(milliseconds / 60_000)} minutes`;
  return `${Math.ceil(milliseconds / 100) / 10} s`;
}

function causeOf(code: ErrorCode, name: string): string {
  const causes: Partial<Record<ErrorCode, string>> = {
    "invalid-key": `${name} does not know the key.`,
    forbidden: "The key is not allowed to do this.",
    "not-found": "There is no such model, or no such path.",
    "model-retired": "The model was withdrawn.",
    "invalid-request": `${name} does not accept the request in this form.`,
    "unsupported-parameter": "The request asks for something that this endpoint or model does not support.",
    "context-overflow": "The messages and the room for the answer do not fit into the context window.",
    "rate-limit": "Too many requests or tokens in too short a time.",
    quota: "The account has no money or no quota left.",
    overloaded: "The endpoint is too busy.",
    server: "The endpoint failed.",
    timeout: "It took too long.",
    "content-filter": "The content was refused.",
    "tool-call-invalid": "The model called a tool in a way that does not fit its schema.",
    "tool-failed": "The tool's own code threw an error.",
  };
  return causes[code] ?? "The answer has an unexpected form.";
}

/** The line of an endpoint in librechat.yaml that corrects this error, if there is one. */
function librechatLine(code: ErrorCode, { entry }: LoggedError): string | undefined {
  if (/reasoning_content/.test(entry) && /passed back|must be/.test(entry))
    return "customParams: { includeReasoningContent: true, includeReasoningHistory: true }";
  if (code === "model-retired" || code === "not-found")
    return 'models: { default: ["<a model that is listed>"] }   # and titleModel';
  if (code === "context-overflow")
    return 'tokenConfig: { "<model>": { prompt: …, completion: …, context: … } }   # written by `llm-provider librechat add`';
  return undefined;
}
