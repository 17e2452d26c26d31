import type { Definition } from "../definition/definition.ts";
import { modelInfo } from "../definition/model-info.ts";
import type { Json } from "../json.ts";
import type { Provider } from "./provider.ts";
import { ProviderError } from "../errors/provider-error.ts";
import { readText } from "../transport/read-text.ts";
import { sendRequest, type Outgoing } from "../transport/send-request.ts";
import type { Settings } from "./settings.ts";
import { withRetries } from "../transport/with-retries.ts";

/** Characters; the longest lists of today are a hundredth of it. */
const longestList = 64 * 1024 * 1024;

/** The endpoint's list of models, each entry with what the catalogue knows of it. */
export function listModels(
  definition: Definition,
  settings: Settings,
  outgoing: Outgoing,
  signal: AbortSignal | undefined,
): ReturnType<Provider["models"]> {
  const policy = { provider: definition.id, maxRetries: settings.maxRetries, maxWait: settings.maxWait, signal };
  return withRetries(policy, async () => {
    const { status, body: opened, watch, scrub } = await sendRequest(definition, settings, outgoing, signal);
    try {
      const body = JSON.parse(await readText(opened, longestList)) as Json;
      const entries = entriesById(body);
      return definition.dialect.modelIds(body).map((id) => {
        return { ...entries.get(id), ...modelInfo(definition, id), id };
      });
    } catch (error) {
      if (ProviderError.is(error)) throw error;
      throw new ProviderError(
        scrub(
          `The list of models of ${definition.name} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
        ),
        {
          code: "invalid-response",
          provider: definition.id,
          status,
          hint: `Look at the base URL: the list is expected at ${outgoing.url}`,
        },
      );
    } finally {
      watch.done();
    }
  });
}

/** The endpoint's own entry of each model, under whichever of these fields it keeps the id. */
function entriesById(body: Json): Map<string, object> {
  const lists = Array.isArray(body) ? [body] : Object.values(body ?? {}).filter((value) => Array.isArray(value));
  const entries = lists
    .flat()
    .filter((entry): entry is Record<string, unknown> => typeof entry === "object" && entry !== null);
  return new Map(
    entries.flatMap((entry) =>
      ["model", "name", "id"].flatMap((field) =>
        typeof entry[field] === "string" ? [[entry[field], entry] as const] : [],
      ),
    ),
  );
}
