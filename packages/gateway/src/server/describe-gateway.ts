import { chatCompletions, type Definition } from "@llm-provider/core";
import type { GatewayConfig } from "../config/config.ts";
import { AuthorMemory } from "../target/author-memory.ts";
import { loadModels, type LoadProvider } from "../target/load-models.ts";
import { summarizeModel } from "./list-models.ts";
import { ConfigError } from "./start-gateway.ts";

/** What a gateway's description says beyond its configuration. */
export interface DescribeOptions {
  readonly load: LoadProvider;
  /** The name of the client that reads the description: its models and its key. Absent: all models, and no key. */
  readonly client?: string;
  /** The variable with the client's key. */
  readonly keyVariable?: string;
  /** Where the client reaches the gateway, with `/v1`. */
  readonly baseURL: string;
}

const page = "https://github.com/llm-provider/llm-provider/blob/main/packages/gateway/README.md";

/**
 * A gateway as a provider: its public models with the smallest window and the dearest price of their targets. Whatever is made
 * of a definition can be made of it: a client, LibreChat's entry, a fake.
 * @throws ConfigError where a target cannot be loaded.
 */
export async function describeGateway(config: GatewayConfig, options: DescribeOptions): Promise<Definition> {
  const { load, client, keyVariable, baseURL } = options;
  const { models, problems } = await loadModels(
    config,
    load,
    { health: new Map(), authors: new AuthorMemory() },
    undefined,
  );
  const mistakes = problems.filter(({ isWarning }) => !isWarning);
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  const allowed = client === undefined ? undefined : config.clients?.[client]?.models;
  const served = [...models.values()].filter(({ name }) => !allowed || allowed.includes(name));
  const source = [page, today()] as const;
  return {
    id: "gateway",
    name: "Gateway",
    docs: page,
    baseURL,
    auth: keyVariable === undefined ? "none" : { env: keyVariable, page },
    // Reasoning goes back, so that a target that wants it gets it.
    dialect: chatCompletions({ reasoning: "reasoning_content", history: "optional", usage: "asked" }),
    models: Object.fromEntries(
      served.map((model) => {
        const { context, maxOutput, price } = summarizeModel(model);
        const info = {
          ...(context !== undefined && { context }),
          ...(maxOutput !== undefined && { maxOutput }),
          ...(price && { price }),
          source,
        };
        return [model.name, info];
      }),
    ),
    smallModel: served[0]!.name,
    // No route of a gateway is /responses.
    librechat: { responses: "missing", titleModel: "current_model", usage: "asked", source },
  };
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
