import { applyMessages } from "./apply-messages.ts";
import { applyParameters } from "./apply-parameters.ts";
import type { Change } from "../chat/chat-result.ts";
import type { ChatRequest } from "../chat/chat-request.ts";
import type { Definition, Quirk } from "../definition/definition.ts";
import type { JsonObject } from "../json.ts";
import { ownMessages } from "./own-messages.ts";
import { ProviderError } from "../errors/provider-error.ts";
import { refuseRetired } from "./refuse-retired.ts";
import { sourceOf } from "../definition/source-of.ts";

/** From the request as the caller wrote it to the wire body: parameters, dialect, messages, quirks. Pure. */
export function prepareRequest(
  definition: Definition,
  request: ChatRequest,
  stream: boolean,
  onUnsupported: "drop" | "error",
): { body: JsonObject; changes: Change[] } {
  refuseMalformed(definition, request);
  if (onUnsupported === "error") refuseRetired(definition, request.model);
  const changes: Change[] = [];
  const allowed = applyParameters(definition, request, onUnsupported, changes);
  const messages = ownMessages(definition.id, request.messages);

  const encoded: Omit<Change, "source">[] = [];
  let body = definition.dialect.encode({ ...allowed, messages, stream }, encoded);
  const source = definition.messages ? sourceOf(definition, definition.messages.source).url : definition.docs;
  for (const change of encoded) changes.push({ ...change, source });

  body = applyMessages(definition, body, request.model, changes);
  for (const quirk of definition.quirks ?? []) {
    if (!quirk.request) continue;
    const before = body;
    body = quirk.request(before);
    reportQuirk(definition, quirk, before, body, changes);
  }
  return { body, changes: distinct(changes) };
}

/** One change per parameter and cause: a hundred messages with the same cause make one entry. */
function distinct(changes: readonly Change[]): Change[] {
  const seen = new Set<string>();
  return changes.filter(({ parameter, action, reason }) => {
    const { size } = seen;
    return seen.add(`${parameter} ${action} ${reason}`).size > size;
  });
}

/** The changes that a quirk made to a body; its name is the reason. */
function reportQuirk(
  definition: Definition,
  quirk: Quirk,
  before: JsonObject,
  after: JsonObject,
  changes: Change[],
): void {
  if (before === after) return;
  const { url: source } = sourceOf(definition, quirk.source);
  for (const parameter of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [from, to] = [before[parameter], after[parameter]];
    if (from === to || JSON.stringify(from) === JSON.stringify(to)) continue;
    changes.push({ parameter, action: to === undefined ? "dropped" : "mapped", from, to, reason: quirk.name, source });
  }
}

function refuseMalformed(definition: Definition, request: ChatRequest): void {
  const problem =
    typeof request?.model !== "string" || request.model === ""
      ? "`model` is missing. Name one, such as " + definition.smallModel
      : !Array.isArray(request.messages) || !request.messages.every(isObject)
        ? '`messages` is not a list of messages. Give one, such as [{ role: "user", content: "Hello" }]'
        : undefined;
  if (problem)
    throw new ProviderError(`${problem}.`, {
      code: "invalid-request",
      provider: definition.id,
      hint: `See ${definition.docs}`,
    });
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}
