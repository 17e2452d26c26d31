import type { Definition } from "../definition/definition.ts";
import { longestData } from "../answer/split-lines.ts";
import { modelInfo } from "../definition/model-info.ts";
import type { Json } from "../json.ts";
import type { Outgoing } from "../transport/send-request.ts";
import type { Provider } from "./provider.ts";
import { requestJson } from "./request-json.ts";
import type { Settings } from "./settings.ts";

/** Fields of an entry in which an endpoint may keep the model's id, in the order in which they are tried. */
const idFields = ["id", "model", "name"] as const;

/** The endpoint's list of models, each entry with the catalogue's facts. */
export function listModels(
  definition: Definition,
  settings: Settings,
  outgoing: Outgoing,
): ReturnType<Provider["models"]> {
  return requestJson(
    definition,
    settings,
    outgoing,
    {},
    {
      what: "list of models",
      longest: longestData,
      read(body) {
        const entries = entriesById(body);
        return definition.dialect
          .modelIds(body)
          .map((id) => ({ ...entries.get(id), ...modelInfo(definition, id), id }));
      },
    },
  );
}

/** The endpoint's own entry of each model. An entry with the id in an earlier field wins over one with it in a later field. */
function entriesById(body: Json): Map<unknown, object> {
  const lists = Array.isArray(body) ? [body] : Object.values(body ?? {}).filter((value) => Array.isArray(value));
  const entries = lists
    .flat()
    .filter((entry): entry is Record<string, unknown> => typeof entry === "object" && entry !== null);
  const byId = new Map<unknown, object>();
  for (const field of idFields)
    for (const entry of entries)
      if (typeof entry[field] === "string" && !byId.has(entry[field])) byId.set(entry[field], entry);
  return byId;
}
