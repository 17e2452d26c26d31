import type { Definition, ErrorCode, ErrorRule, Json, ProviderOptions } from "@llm-provider/core";
import { readPath } from "@llm-provider/core/internal";
import type { MockResponse } from "../server/mock-response.ts";
import { mockServer } from "../server/mock-server.ts";
import { fillExample } from "../twin/refusal.ts";
import { setPath } from "../wire/set-path.ts";
import type { Wire } from "../wire/wire.ts";
import { withFakeClock } from "./clock.ts";
import type { Kit } from "./kit.ts";
import { afterErrorQuirks } from "../cassette/recorded-response.ts";
import type { Problem } from "./expect.ts";

/** A refusal, and its expected code. */
export interface ErrorCase {
  readonly at: string;
  readonly status: number;
  readonly body: Json;
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly rule?: ErrorRule;
}

/** The meaning of a status for which the definition has no rule. */
const usual: readonly [status: number, code: ErrorCode][] = [
  [400, "invalid-request"],
  [401, "invalid-key"],
  [402, "quota"],
  [403, "forbidden"],
  [404, "not-found"],
  [408, "timeout"],
  [413, "context-overflow"],
  [422, "invalid-request"],
  [429, "rate-limit"],
  [500, "server"],
  [502, "server"],
  [503, "overloaded"],
  [529, "overloaded"],
];
const retried: ReadonlySet<ErrorCode> = new Set(["rate-limit", "overloaded", "server", "network", "timeout"]);

/** Every error rule of the definition with a body that matches it, and every usual status. */
export function errorCases(definition: Definition, wire: Wire): ErrorCase[] {
  const ruled = (definition.errors ?? []).flatMap((rule, index) => {
    const status = rule.status ?? 400;
    const body = bodyFor(rule, wire, status);
    return body === undefined ? [] : [toCase(definition, `errors.${index}, HTTP ${status}`, status, body)];
  });
  const plain = usual.map(([status]) => toCase(definition, `HTTP ${status}`, status, plainBody(wire, status)));
  const named = definition.dialect.settings
    ? namedCodes.flatMap(([status, name, code]) => namedCase(definition, status, name, code))
    : [];
  return [...ruled, ...plain, ...named];
}

/** Error codes in the body that are more exact than the status, if no rule of the definition matches. */
const namedCodes: readonly [status: number, name: string, code: ErrorCode][] = [
  [400, "context_length_exceeded", "context-overflow"],
  [429, "insufficient_quota", "quota"],
];

function namedCase(definition: Definition, status: number, name: string, code: ErrorCode): ErrorCase[] {
  const body = { error: { message: "It went wrong, says the endpoint.", type: name, code: name } };
  if (firstRule(definition, body, status)) return [];
  return [{ at: `HTTP ${status} with the code ${name}`, status, body, code, retryable: retried.has(code) }];
}

export function plainBody(wire: Wire, status: number): Json {
  return wire.writeError({ status, message: "It went wrong, says the endpoint.", type: "some_error" });
}

function toCase(definition: Definition, at: string, status: number, body: Json): ErrorCase {
  const rule = firstRule(definition, body, status);
  const code = rule?.code ?? usual.find(([one]) => one === status)?.[1] ?? "invalid-request";
  return { at, status, body, code, retryable: rule?.retry ?? retried.has(code), ...(rule && { rule }) };
}

/** The first rule whose status and paths fit; written independently of core. */
function firstRule(definition: Definition, raw: Json, status: number): ErrorRule | undefined {
  const body = afterErrorQuirks(definition, raw, status);
  return definition.errors?.find((rule) => {
    if (rule.status !== undefined && rule.status !== status) return false;
    return Object.entries(rule.body ?? {}).every(([path, wanted]) => {
      const found = readPath(body, path) ?? undefined;
      if (found === undefined) return false;
      const text = typeof found === "object" ? JSON.stringify(found) : String(found);
      return typeof wanted === "string" ? text === wanted : text.search(wanted) >= 0;
    });
  });
}

/** The documented body; else one with the text that the rule looks for, if that is a plain text. */
function bodyFor(rule: ErrorRule, wire: Wire, status: number): Json | undefined {
  const filled = fillExample(rule, { parameter: "temperature", value: "2" });
  if (filled !== undefined) return filled;
  const wanted = Object.entries(rule.body ?? {});
  if (wanted.some(([path, value]) => typeof value !== "string" || path.startsWith("choices."))) return undefined;
  if (wanted.length === 0) return plainBody(wire, status);
  return wanted.reduce<Json>((body, [path, value]) => setPath(body, path, value as string), {});
}

/** One case for each status that must, or must not, be retried. */
export function retryCases(kit: Kit, retryable: boolean): ErrorCase[] {
  const all = errorCases(kit.definition, kit.wire).filter((one) => one.retryable === retryable);
  return all.filter(
    ({ status, code }, index) => all.findIndex((other) => other.status === status && other.code === code) === index,
  );
}

/** A definition may give 429 another meaning. */
export function isTriedAgain(kit: Kit): boolean {
  return errorCases(kit.definition, kit.wire).some(({ at, retryable }) => at === "HTTP 429" && retryable);
}

export function rateLimitBody(kit: Kit): ReturnType<typeof plainBody> {
  return plainBody(kit.wire, 429);
}

/** The rule of a case, for the text of a failure. */
export function factOf({ rule, at }: ErrorCase): Problem["fact"] {
  return rule && { path: at.split(",")[0]!, value: { status: rule.status, code: rule.code }, source: rule.source };
}

/** The times between the requests of one call, measured with a fake clock. */
export async function gaps(kit: Kit, reply: () => MockResponse, options: ProviderOptions): Promise<number[]> {
  const times: number[] = [];
  await withFakeClock(async () => {
    const server = mockServer(() => {
      times.push(Date.now());
      return reply();
    });
    await kit.rejection(kit.provider(server, options).chat(kit.request()));
  });
  return times.slice(1).map((time, index) => time - times[index]!);
}
