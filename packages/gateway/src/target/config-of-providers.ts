import { parseTarget } from "@llm-provider/core/internal";
import { defaults, type GatewayConfig, type ModelConfig } from "../config/config.ts";
import type { LoadProvider } from "./load-models.ts";

/** Returns the configuration of a gateway without a file: it serves each provider's models as `<provider>:<model>`. */
export async function configOfProviders(names: readonly string[], load: LoadProvider): Promise<GatewayConfig> {
  const models: Record<string, ModelConfig> = {};
  for (const given of names) {
    const { name, model } = parseTarget(given);
    const { definition } = await load(name);
    const served = Object.entries(definition.models).flatMap(([id, { retired }]) => (retired ? [] : [id]));
    for (const id of model === undefined ? served : [model])
      models[`${definition.id}:${id}`] = { route: "order", targets: [{ to: `${name}:${id}`, weight: 1, forward: [] }] };
  }
  return { ...defaults, models };
}
