import type { Definition, ErrorCode, ErrorRule, Json } from "@llm-provider/core";
import { readPath } from "@llm-provider/core/internal";
import type { Wire } from "../wire/wire.ts";
import { afterErrorQuirks } from "../cassette/recorded-response.ts";

/** Why a twin refuses a request. */
export interface Refusal {
  readonly code: ErrorCode;
  /** @default the definition's status for this code, or 400 */
  readonly status?: number;
  /** The wire name that is at fault, for the {parameter} hole. */
  readonly parameter?: string;
  /** For the {value} hole. */
  readonly value?: unknown;
  readonly message: string;
  /** A text that the definition's own `example` for this case contains; it distinguishes examples of the same code. */
  readonly about?: RegExp;
  /** Further parameters for the same answer. */
  readonly others?: readonly Refusal[];
  /** An example with a {parameter} hole does not fit. */
  readonly namesNothing?: true;
}

/** The status and body of the refusal: the endpoint's documented text if the definition has one for this case. */
export function writeRefusal(definition: Definition, wire: Wire, refusal: Refusal): { status: number; body: Json } {
  const usualStatus = refusal.status ?? statusOfCode(definition, refusal.code);
  for (const rule of definition.errors ?? []) {
    // A text whose status is in the definition comes with that status.
    const status = refusal.status ?? (refusal.about && rule.status) ?? usualStatus;
    if ((rule.status ?? status) !== status) continue;
    const body = isAbout(rule, refusal) ? fillExample(rule, refusal) : undefined;
    if (body !== undefined && isMatch(definition, rule, body, status)) return { status, body };
  }
  const status = usualStatus;
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

/** Several refused fields: the answer names all, the first or none, as the definition's `refusals` say. */
export function writeRefusals(
  definition: Definition,
  wire: Wire,
  refused: readonly Refusal[],
): { status: number; body: Json } {
  const [first] = refused as readonly [Refusal, ...Refusal[]];
  const names = definition.refusals?.names ?? "first";
  if (names === "first") return writeRefusal(definition, wire, first);
  if (names === "none") {
    const { code, status } = first;
    return writeRefusal(definition, wire, { code, status, message: "The request is not valid.", namesNothing: true });
  }
  const alike = refused.filter(({ code, status }) => code === first.code && status === first.status);
  const message = alike.map((one) => one.message).join("; ");
  return writeRefusal(definition, wire, { ...first, message, others: alike.slice(1) });
}

function isAbout(rule: ErrorRule, { code, about, namesNothing, parameter }: Refusal): boolean {
  const text = JSON.stringify(rule.example ?? "");
  if (namesNothing && text.includes("{parameter}")) return false;
  // A text about one parameter does not fit another.
  const isOther =
    parameter !== undefined &&
    !namesNothing &&
    !text.includes("{parameter}") &&
    /[a-z]+_[a-z]+/.test(text) &&
    !text.includes(parameter);
  if (code === "unsupported-parameter" && isOther) return false;
  if (code === "unsupported-parameter")
    return rule.code === code || (rule.code === "invalid-request" && text.includes("{parameter}"));
  if (rule.code !== code) return false;
  // Many causes share `invalid-request` or `not-found`: only the text distinguishes them.
  return about === undefined ? code !== "invalid-request" : about.test(text);
}

/** The example with its holes filled, or undefined if there is none. */
export function fillExample(
  { example }: ErrorRule,
  { parameter, value, others = [] }: Pick<Refusal, "parameter" | "value" | "others">,
): Json | undefined {
  if (example === undefined) return undefined;
  return fill(
    example,
    [{ parameter, value }, ...others].map((one) => ({ parameter: one.parameter ?? "", value: textOf(one.value) })),
  );
}

type Holes = { readonly parameter: string; readonly value: string };

/** Each of several parameters gets its entry in a list with entries by parameter; a text is repeated for each. */
function fill(json: Json, holes: readonly Holes[]): Json {
  if (typeof json === "string") {
    const texts = holes.map(({ parameter, value }) =>
      json.replaceAll("{parameter}", parameter).replaceAll("{value}", value),
    );
    return [...new Set(texts)].join("; ");
  }
  if (Array.isArray(json))
    return json.flatMap((item: Json) =>
      typeof item === "object" && JSON.stringify(item).includes("{parameter}")
        ? holes.map((one) => fill(item, [one]))
        : [fill(item, holes)],
    );
  if (typeof json !== "object" || json === null) return json;
  return Object.fromEntries(
    Object.entries(json).map(([key, item]) => [key, item === undefined ? item : fill(item, holes)]),
  );
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

/** Would core recognize the filled example by this rule? One text fits one parameter, another the next. */
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

/** This endpoint's status for such an error, else the usual one. */
export function statusOfCode(definition: Definition, code: ErrorCode): number {
  const own = definition.errors?.find((rule) => rule.code === code && rule.status !== undefined)?.status;
  return own ?? usual[code] ?? 400;
}
