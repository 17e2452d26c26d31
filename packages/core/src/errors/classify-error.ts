import type { ChatResult } from "../chat/chat-result.ts";
import type { ErrorCode } from "../chat/error-code.ts";
import type { Definition, WireContext } from "../definition/definition.ts";
import { modelInfo } from "../definition/model-info.ts";
import { sourceOf } from "../definition/source-of.ts";
import type { Json } from "../json.ts";
import { limitDepth } from "../limit-depth.ts";
import { readPath } from "../read-path.ts";
import { collectMetadata, metadataFields } from "./collect-metadata.ts";
import { codeOfError, hintOf, isRetryable } from "./error-defaults.ts";
import { fillHint } from "./fill-hint.ts";
import { longestMatched, matches, toText } from "./match-error-rule.ts";
import type { ProviderError } from "./provider-error.ts";
import { readRetryAfter } from "./read-retry-after.ts";
import { responseFacts } from "./response-facts.ts";
import { scrubbedError } from "./scrubbed-error.ts";
import type { Scrub } from "../scrubber.ts";

/**
 * The error behind an answer: the first rule of the definition that matches, else the wording that many vendors
 * share, else the usual meaning of its status.
 */
export function classifyError(
  definition: Definition,
  rawBody: Json,
  context: WireContext,
  scrub: Scrub,
  partial?: Partial<ChatResult>,
): ProviderError {
  const body = afterQuirks(definition, unwrap(limitDepth(rawBody)), context);
  const status = context.status >= 400 ? context.status : (statusInside(body) ?? context.status);
  const words = definition.dialect.errorText(body);
  // A rule may name the 200 in which the error came, or the status inside.
  const rule = (definition.errors ?? []).find(
    (one) => matches(one, body, status) || matches(one, body, context.status),
  );
  // Scrubbed before it is cut: a scrubber would not recognize half a key.
  const message = scrub(words.message) ?? plainText(scrub(body), definition, status);
  const text = message.slice(0, longestMatched);

  let code: ErrorCode = rule?.code ?? codeOfError(status, namesIn(body, words.code), text);
  const page = definition.auth === "none" ? undefined : definition.auth.page;
  let hint = rule
    ? `${fillHint(rule.hint, scrub(body))} (${sourceOf(definition, rule.source).url})`
    : hintOf(code, definition.name, page);
  const retired = modelInfo(definition, context.model)?.retired;
  if (retired && isAboutModel(code, status, text, context.model)) {
    code = "model-retired";
    hint = `${definition.name} retired ${context.model} on ${retired.on}: use ${retired.use}.`;
  }
  const metadata = collectMetadata(metadataFields(definition));
  metadata.chunk(body);
  const { requestId, limits } = responseFacts(definition, context);
  return scrubbedError(scrub, message, {
    code,
    provider: definition.id,
    model: context.model || undefined,
    status,
    requestId,
    retryable: code === "model-retired" ? false : (rule?.retry ?? isRetryable(code)),
    retryAfter: readRetryAfter(definition, context.headers, text),
    hint,
    body,
    metadata: nonEmpty(metadata.result(context.headers)),
    limits,
    partial,
  });
}

/** Some endpoints send the error as a list with one entry. */
function unwrap(body: Json): Json {
  if (!Array.isArray(body)) return body;
  return (body.find((one) => typeof one === "object" && one !== null) as Json | undefined) ?? body;
}

/** A quirk that fails on an unknown body must not hide the error. */
function afterQuirks({ quirks = [] }: Definition, body: Json, context: WireContext): Json {
  try {
    return quirks.reduce<Json>((json, quirk) => quirk.error?.(json, context) ?? json, body);
  } catch {
    return body;
  }
}

/** An error inside a 200 often contains the status that it should have had. */
function statusInside(body: Json): number | undefined {
  for (const path of ["error.status_code", "error.status", "error.code", "status_code", "status", "code"]) {
    const found = readPath(body, path);
    const value = typeof found === "string" || typeof found === "number" ? Number(found) : Number.NaN;
    if (Number.isInteger(value) && value >= 400 && value <= 599) return value;
  }
  return undefined;
}

/** The names that an error gives itself: vendors put them into `code`, `type` or `status`. */
function namesIn(body: Json, code: string | undefined): string[] {
  const paths = ["error.code", "error.type", "error.status", "code", "type", "status"];
  return [code, ...paths.map((path) => readPath(body, path))].filter((name) => typeof name === "string");
}

function plainText(body: Json, definition: Definition, status: number): string {
  const where = `HTTP ${status} from ${definition.name}`;
  if (typeof body !== "string") {
    const text = toText(body);
    return text === "" || text === "{}" ? `${where}, in a form that says no more` : `${where}: ${cut(text)}`;
  }
  const text = body.trim();
  if (text === "") return `${where}, without a body`;
  if (text.startsWith("<")) {
    const title = /<title>([^<]{0,200})/i.exec(text.slice(0, longestMatched))?.[1]?.trim();
    return `${where}, with an HTML page${title ? ` "${title}"` : ""} where JSON was expected`;
  }
  return cut(text);
}

function cut(text: string): string {
  return text.length > 1000 ? `${text.slice(0, 1000)}…` : text;
}

function isAboutModel(code: ErrorCode, status: number, message: string, model: string): boolean {
  if (code === "not-found" || code === "model-retired" || status === 404 || status === 410) return true;
  return code === "invalid-request" && (message.includes(model) || /\bmodel\b/i.test(message));
}

function nonEmpty<T extends object>(value: T): T | undefined {
  return Object.keys(value).length > 0 ? value : undefined;
}
