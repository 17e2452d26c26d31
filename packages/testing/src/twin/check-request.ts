import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { ChatRequest, Definition, JsonObject, ParameterRule } from "@llm-provider/core";
import { isOfType, parameterRules, parameterTypes, readPath, type WireType } from "@llm-provider/core/internal";
import { decide, describeRule } from "@llm-provider/core/rules";
import type { Refusal } from "./refusal.ts";

/** Does the request carry the key, in the header and scheme of the definition? If no key is wanted, any key passes. */
export function isAuthorized(
  definition: Definition,
  headers: IncomingHttpHeaders,
  apiKey: string | undefined,
): boolean {
  const wanted = apiKey === undefined ? undefined : keyHeader(definition, apiKey);
  return wanted === undefined || isEqual(String(headers[wanted.name] ?? ""), wanted.value);
}

/** Compares in constant time. */
function isEqual(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** The header that carries a key at this endpoint, as it is sent; undefined if none is required. */
export function keyHeader({ auth }: Definition, apiKey: string): { name: string; value: string } | undefined {
  if (auth === "none") return undefined;
  const name = (auth.header ?? "authorization").toLowerCase();
  const scheme = auth.scheme ?? (name === "authorization" ? "Bearer" : "");
  return { name, value: scheme === "" ? apiKey : `${scheme} ${apiKey}` };
}

/** The requirements of every endpoint for a body: a model, and messages with roles. */
export function checkShape(body: unknown): Refusal | undefined {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    return refuse("body", "The body of the request is not a JSON object.");
  }
  const { model, messages } = body as JsonObject;
  if (typeof model !== "string" || model === "") return refuse("model", "you must provide a model parameter");
  if (!Array.isArray(messages)) return refuse("messages", "'messages' is a required property");
  if (messages.length === 0) return refuse("messages", "[] is too short - 'messages'");
  for (const [index, message] of messages.entries()) {
    const role = (message as JsonObject | null)?.["role"];
    if (typeof role !== "string") return refuse(`messages[${index}].role`, `messages[${index}] has no role.`);
    if (!["system", "developer", "user", "assistant", "tool", "function"].includes(role)) {
      return refuse(`messages[${index}].role`, `'${role}' is not one of the roles.`);
    }
  }
  return undefined;
}

function refuse(parameter: string, message: string): Refusal {
  return { code: "invalid-request", parameter, message };
}

/** Which parameters of this request does the endpoint refuse? Parameters that the definition does not mention are never refused. */
export function checkParameters(definition: Definition, request: ChatRequest): Refusal[] {
  const refused = decide(definition, request).flatMap(({ parameter, rule, endpoint, does }): Refusal[] => {
    if (typeof endpoint === "string") return [];
    // The endpoint knows a value out of range: it is not an unknown value.
    const isKnown = ["clamp", "map", "set"].includes(does) || (rule && "range" in rule);
    return [
      {
        code: isKnown ? "invalid-request" : "unsupported-parameter",
        parameter,
        value: request[parameter],
        status: endpoint.refuses,
        message: rule ? describeRule(parameter, rule) : `Unknown parameter: '${parameter}'.`,
      },
    ];
  });
  const seen = new Set(refused.map(({ parameter }) => parameter));
  return [...refused, ...checkTypes(definition, request).filter(({ parameter }) => !seen.has(parameter))];
}

/** Values of a wrong type, if the definition says that the endpoint refuses them. */
function checkTypes(definition: Definition, request: ChatRequest): Refusal[] {
  const { refusals } = definition;
  if (refusals === undefined || refusals.wrongTypes === "taken") return [];
  const status = refusals.wrongTypes;
  const wrong = (parameter: string, value: unknown, types: readonly string[]): Refusal => ({
    code: "invalid-request",
    parameter,
    value,
    status,
    message: `Invalid type for '${parameter}': expected ${types.join(" or ")}, but got ${nameOfType(value)} instead.`,
  });
  const known = namesOf(definition);
  const vendors = Object.entries(vendorTypes).filter(([name]) => known.has(name));
  const parameters = [...Object.entries(parameterTypes), ...vendors].flatMap(([name, common]) => {
    const value: unknown = request[name];
    const types = [...common, ...typesOfRules(definition, name)];
    return value === undefined || isOfType(value, types) ? [] : [wrong(name, value, common)];
  });
  const contents = request.messages.flatMap(({ content }, index) =>
    content === undefined || isOfType(content, ["string", "objects"])
      ? []
      : [wrong(`messages[${index}].content`, content, ["string", "objects"])],
  );
  return [...parameters, ...contents];
}

/** The types of parameters that only some endpoints have. */
const vendorTypes: { readonly [name: string]: readonly WireType[] } = {
  reasoning_effort: ["string", "number", "boolean"],
  verbosity: ["string"],
  service_tier: ["string"],
  store: ["boolean"],
  metadata: ["object"],
  top_k: ["integer"],
  min_p: ["number"],
  repetition_penalty: ["number"],
  prompt_cache_key: ["string"],
  safety_identifier: ["string"],
};

/** The names that the definition mentions: on a list, in a condition, or in a rule other than `ignored`. */
function namesOf({ parameters = {}, unknownParameters }: Definition): Set<string> {
  const listed = unknownParameters && "known" in unknownParameters ? unknownParameters.known : [];
  const rules = Object.entries(parameters).flatMap(([name, value]) =>
    [value].flat().map((rule) => ({ name, rule: rule as ParameterRule })),
  );
  return new Set([
    ...listed,
    ...rules.filter(({ rule }) => !("ignored" in rule)).map(({ name }) => name),
    ...rules.flatMap(({ rule }) => Object.keys(rule.when ?? {}).map((path) => path.split(".")[0]!)),
  ]);
}

/** The rules show a vendor's own type of a shared parameter: `logprobs` with a range is a number there. */
function typesOfRules(definition: Definition, name: string): WireType[] {
  return parameterRules(definition, name).flatMap((rule) => {
    if ("range" in rule) return ["number"];
    const values = "values" in rule ? Object.values(rule.values) : "set" in rule ? [rule.set] : [];
    return values.flatMap((value) =>
      value === null ? [] : [typeof value as "string" | "number" | "boolean" | "object"],
    );
  });
}

function nameOfType(value: unknown): string {
  return Array.isArray(value) ? "an array" : typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/** Values that no endpoint can act on: zero tokens, zero answers, a tool that was not sent. */
export function checkValues(request: ChatRequest): Refusal | undefined {
  for (const name of ["max_tokens", "max_completion_tokens", "n"]) {
    const value: unknown = request[name];
    if (typeof value === "number" && value < 1)
      return { ...refuse(name, `Invalid '${name}': expected at least 1, but got ${value} instead.`), value };
  }
  const { tools } = request;
  const choice: unknown = request.tool_choice;
  const names = Array.isArray(tools) ? tools.map((tool) => readPath(tool, "function.name")) : [];
  const named = readPath(choice, "function.name");
  if (typeof named === "string" && !names.includes(named))
    return { ...refuse("tool_choice", `Tool choice '${named}' not found in 'tools' parameter.`), value: named };
  if ((choice === "required" || choice === "any") && names.length === 0)
    return { ...refuse("tool_choice", "'tool_choice' is only allowed when 'tools' are specified."), value: choice };
  return undefined;
}
