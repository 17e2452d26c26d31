import type { ChatResult } from "../chat/chat-result.ts";
import type { WireContext, Definition, ErrorRule } from "../definition/definition.ts";
import { codeOfError, hintOf, isRetryable } from "./error-defaults.ts";
import { fillHint } from "./fill-hint.ts";
import type { Json } from "../json.ts";
import { limitDepth } from "../limit-depth.ts";
import type { ErrorCode } from "../chat/error-code.ts";
import { ProviderError } from "./provider-error.ts";
import { readLimits } from "./read-limits.ts";
import { collectMetadata, metadataFields } from "./collect-metadata.ts";
import { readPath } from "../read-path.ts";
import { readRetryAfter } from "./read-retry-after.ts";
import { sourceOf } from "../definition/source-of.ts";

type Scrub = <T>(value: T) => T;

/** The error that an answer means: the first rule of the definition that matches, else what its status means everywhere. */
export function classifyError(
  definition: Definition,
  rawBody: Json,
  context: WireContext,
  scrub: Scrub,
  partial?: Partial<ChatResult>,
): ProviderError {
  let body = limitDepth(rawBody);
  for (const quirk of definition.quirks ?? []) if (quirk.error) body = quirk.error(body, context);
  const status = context.status >= 400 ? context.status : (statusInside(body) ?? context.status);
  const text = definition.dialect.errorText(body);
  // A rule may speak of the 200 in which the error came, or of the status inside.
  const rule = (definition.errors ?? []).find(
    (one) => matches(one, body, status) || matches(one, body, context.status),
  );
  const message = text.message ?? plainText(body, definition, status);

  let code: ErrorCode = rule?.code ?? codeOfError(status, text.code);
  const page = definition.auth === "none" ? undefined : definition.auth.page;
  let hint = rule
    ? `${fillHint(rule.hint, body)} (${sourceOf(definition, rule.source).url})`
    : hintOf(code, definition.name, page);
  const retired = Object.hasOwn(definition.models, context.model)
    ? definition.models[context.model]?.retired
    : undefined;
  if (retired && isAboutModel(code, status, message, context.model)) {
    code = "model-retired";
    hint = `${definition.name} retired ${context.model} on ${retired.on}: use ${retired.use}.`;
  }
  const metadata = collectMetadata(metadataFields(definition));
  metadata.chunk(body);
  return new ProviderError(scrub(message), {
    code,
    provider: definition.id,
    model: context.model || undefined,
    status,
    requestId: scrub(requestIdOf(definition, context.headers)),
    retryable: code === "model-retired" ? false : (rule?.retry ?? isRetryable(code)),
    retryAfter: readRetryAfter(definition, context.headers, message),
    hint: scrub(hint),
    body: scrub(body),
    metadata: nonEmpty(scrub(metadata.result(context.headers))),
    limits: readLimits(definition, context.headers),
    partial: scrub(partial),
  });
}

/** The header that identifies an answer to the vendor's support. */
export function requestIdOf(definition: Definition, headers: Readonly<Record<string, string>>): string | undefined {
  return headers[definition.limits?.requestId?.toLowerCase() ?? "x-request-id"];
}

/** Does a rule hold for this body? */
export function matches(rule: ErrorRule, body: Json, status: number): boolean {
  return (rule.status === undefined || rule.status === status) && bodyMatcher(rule)(body);
}

/** Does a rule's `body` hold? Made once where it is asked of every chunk. */
export function bodyMatcher(rule: ErrorRule): (body: Json) => boolean {
  const wanted = Object.entries(rule.body ?? {}).map(([path, value]) => ({ path: path.split("."), value }));
  return (body) => {
    for (const { path, value } of wanted) if (!isSuch(readPath(body, path), value)) return false;
    return true;
  };
}

function isSuch(found: unknown, wanted: string | RegExp): boolean {
  if (found === undefined || found === null) return false;
  const text = typeof found === "object" ? JSON.stringify(found) : String(found);
  return wanted instanceof RegExp ? text.search(wanted) >= 0 : text === wanted;
}

/** An error inside a 200 often says which status it would have been. */
function statusInside(body: Json): number | undefined {
  for (const path of ["error.status_code", "error.status", "error.code", "status_code", "status", "code"]) {
    const value = Number(readPath(body, path));
    if (Number.isInteger(value) && value >= 400 && value <= 599) return value;
  }
  return undefined;
}

function plainText(body: Json, definition: Definition, status: number): string {
  const where = `HTTP ${status} from ${definition.name}`;
  if (typeof body !== "string") return `${where}, in a form that says no more`;
  const text = body.trim();
  if (text === "") return `${where}, without a body`;
  if (text.startsWith("<")) {
    const title = /<title>([^<]*)<\/title>/i.exec(text)?.[1]?.trim();
    return `${where}, with an HTML page${title ? ` "${title}"` : ""} where JSON was expected`;
  }
  return text.length > 1000 ? `${text.slice(0, 1000)}…` : text;
}

function isAboutModel(code: ErrorCode, status: number, message: string, model: string): boolean {
  if (code === "not-found" || code === "model-retired" || status === 404 || status === 410) return true;
  return code === "invalid-request" && (message.includes(model) || /\bmodel\b/i.test(message));
}

function nonEmpty<T extends object>(value: T): T | undefined {
  return Object.keys(value).length > 0 ? value : undefined;
}
