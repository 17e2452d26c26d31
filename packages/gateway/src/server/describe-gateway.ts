import { chatCompletions, type Definition } from "@llm-provider/core";
import type { GatewayConfig } from "../config/config.ts";
import { AuthorMemory } from "../target/author-memory.ts";
import { loadModels, type LoadProvider } from "../target/load-models.ts";
import { summarizeModel } from "./list-models.ts";
import { ConfigError } from "./start-gateway.ts";

/** Options of a gateway's description. */
export interface DescribeOptions {
  readonly load: LoadProvider;
  /** The client that will use the description, which limits the models. Absent for all models. */
  readonly client?: string;
  /** The environment variable that contains the client's key. Absent if no key is needed. */
  readonly keyVariable?: string;
  /** The gateway's address as the client reaches it, with `/v1`. */
  readonly baseURL: string;
}

const page = "https://github.com/llm-provider/llm-provider/blob/main/packages/gateway/README.md";

/**
 * Describes a gateway as a provider: its public models, each with the smallest context window and the highest price of its
 * targets. The definition works like any other, for a client, an entry in librechat.yaml, or a twin.
 * @throws ConfigError if a target cannot be loaded.
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
    // Clients send reasoning back, so that targets that need it get it.
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
    // The gateway has no /responses route.
    librechat: { responses: "missing", titleModel: "current_model", usage: "asked", source },
  };
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
