import type { Change } from "../chat/chat-result.ts";
import type { Definition } from "../definition/definition.ts";
import type { Json, JsonObject } from "../json.ts";
import { sourceOf } from "../definition/source-of.ts";

/** Leaves out of the wire messages the fields, and the nulls, that the endpoint does not take. */
export function filterMessageFields(definition: Definition, body: JsonObject, changes: Change[]): JsonObject {
  const rules = definition.messages;
  if (!rules || !Array.isArray(body["messages"]) || (!rules.fields && rules.nulls !== "stripped")) return body;
  const dropped = new Map<string, Json | undefined>();
  const messages = (body["messages"] as JsonObject[]).map((message) => {
    const role = String(message["role"]);
    const allowed = rules.fields && Object.hasOwn(rules.fields, role) ? rules.fields[role] : undefined;
    const kept = Object.entries(message).filter(([field, value]) => {
      const isKept =
        field === "role" || ((allowed?.includes(field) ?? true) && !(value === null && rules.nulls === "stripped"));
      if (!isKept && value !== undefined) dropped.set(field, value);
      return isKept;
    });
    return kept.length === Object.keys(message).length ? message : Object.fromEntries(kept);
  });
  for (const [field, from] of dropped) {
    const reason =
      from === null
        ? `${definition.name} does not take null here`
        : `${definition.name} does not take \`${field}\` on such a message`;
    changes.push({
      parameter: `messages[].${field}`,
      action: "dropped",
      from,
      reason: `${reason}.`,
      source: sourceOf(definition, rules.source).url,
    });
  }
  return { ...body, messages };
}
