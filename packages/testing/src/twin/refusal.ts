import type { Definition, ErrorCode, ErrorRule, Json } from "@llm-provider/core";
import { readPath } from "@llm-provider/core/internal";
import type { Wire } from "../wire/wire.ts";
import { afterErrorQuirks } from "../cassette/recorded-response.ts";

/** Why a twin does not take a request. */
export interface Refusal {
  readonly code: ErrorCode;
  /** Left out: the status that the definition has for this code, or 400. */
  readonly status?: number;
  /** The wire name that is at fault, for the {parameter} hole. */
  readonly parameter?: string;
  /** For the {value} hole. */
  readonly value?: unknown;
  readonly message: string;
  /** What the definition's own text for this case speaks of; finds its `example` among those of the same code. */
  readonly about?: RegExp;
}

/** The status and body with which the endpoint refuses: its documented text where the definition has one for this case. */
export function writeRefusal(definition: Definition, wire: Wire, refusal: Refusal): { status: number; body: Json } {
  const status = refusal.status ?? statusOfCode(definition, refusal.code);
  const rules = (definition.errors ?? []).filter((rule) => rule.status === undefined || rule.status === status);
  for (const rule of rules) {
    const body = isAbout(rule, refusal) ? fillExample(rule, refusal) : undefined;
    if (body !== undefined && isMatch(definition, rule, body, status)) return { status, body };
  }
  const { message, parameter } = refusal;
  return {
    status,
    body: wire.writeError({
      status,
      message,
      parameter,
      type: status >= 500 ? "server_error" : "invalid_request_error",
    }),
  };
}

function isAbout(rule: ErrorRule, { code, about }: Refusal): boolean {
  const text = JSON.stringify(rule.example ?? "");
  if (code === "unsupported-parameter")
    return rule.code === code || (rule.code === "invalid-request" && text.includes("{parameter}"));
  if (rule.code !== code) return false;
  // Many things are an invalid request: only the text tells them apart.
  return code !== "invalid-request" || (about !== undefined && about.test(text));
}

/** The example with its holes filled, or undefined where there is none. */
export function fillExample(
  { example }: ErrorRule,
  { parameter, value }: Pick<Refusal, "parameter" | "value">,
): Json | undefined {
  return example === undefined ? undefined : fill(example, { parameter: parameter ?? "", value: textOf(value) });
}

function fill(json: Json, holes: { parameter: string; value: string }): Json {
  if (typeof json === "string")
    return json.replaceAll("{parameter}", holes.parameter).replaceAll("{value}", holes.value);
  if (Array.isArray(json)) return json.map((item: Json) => fill(item, holes));
  if (typeof json !== "object" || json === null) return json;
  return Object.fromEntries(
    Object.entries(json).map(([key, item]) => [key, item === undefined ? item : fill(item, holes)]),
  );
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

/** Would core know the filled example by this rule? One text serves one parameter, another the next. */
function isMatch(definition: Definition, rule: ErrorRule, raw: Json, status: number): boolean {
  const body = afterErrorQuirks(definition, raw, status);
  return Object.entries(rule.body ?? {}).every(([path, wanted]) => {
    const found = textOf(readPath(body, path));
    return typeof wanted === "string" ? found === wanted : found.search(wanted) >= 0;
  });
}

const usual: { readonly [code in ErrorCode]?: number } = {
  "invalid-key": 401,
  "missing-key": 401,
  forbidden: 403,
  "not-found": 404,
  "model-retired": 404,
  "rate-limit": 429,
  quota: 402,
  overloaded: 503,
  server: 500,
  timeout: 408,
};

/** The status with which this endpoint says such a thing: its own, else the usual one. */
export function statusOfCode(definition: Definition, code: ErrorCode): number {
  const own = definition.errors?.find((rule) => rule.code === code && rule.status !== undefined)?.status;
  return own ?? usual[code] ?? 400;
}
