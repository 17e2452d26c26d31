import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { ChatRequest, Definition, JsonObject } from "@llm-provider/core";
import { decide, describeRule } from "@llm-provider/core/rules";
import type { Refusal } from "./refusal.ts";

/** Does the request carry the key, in the header and scheme of the definition? Without a wanted key any passes. */
export function isAuthorized(
  definition: Definition,
  headers: IncomingHttpHeaders,
  apiKey: string | undefined,
): boolean {
  const wanted = apiKey === undefined ? undefined : keyHeader(definition, apiKey);
  return wanted === undefined || isEqual(String(headers[wanted.name] ?? ""), wanted.value);
}

/** In a time that does not depend on where the two differ. */
function isEqual(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** The header that carries a key at this endpoint, as it is sent; undefined where none is asked. */
export function keyHeader({ auth }: Definition, apiKey: string): { name: string; value: string } | undefined {
  if (auth === "none") return undefined;
  const name = (auth.header ?? "authorization").toLowerCase();
  const scheme = auth.scheme ?? (name === "authorization" ? "Bearer" : "");
  return { name, value: scheme === "" ? apiKey : `${scheme} ${apiKey}` };
}

/** What every endpoint asks of a body: a model, and messages with roles. */
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

/** Does the endpoint take every parameter of this request? Nothing is refused that the definition does not speak of. */
export function checkParameters(definition: Definition, request: ChatRequest): Refusal | undefined {
  for (const { parameter, rule, endpoint, does } of decide(definition, request)) {
    if (typeof endpoint === "string") continue;
    return {
      // A value out of range is not one of which the endpoint knows nothing.
      code:
        does === "clamp" || does === "map" || (rule && "range" in rule) ? "invalid-request" : "unsupported-parameter",
      parameter,
      value: request[parameter],
      status: endpoint.refuses,
      message: rule ? describeRule(parameter, rule) : `Unknown parameter: '${parameter}'.`,
    };
  }
  return undefined;
}
