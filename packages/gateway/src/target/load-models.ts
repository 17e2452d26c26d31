import { createHash } from "node:crypto";
import { ProviderError, type ProviderFactory } from "@llm-provider/core";
import { closestName, keyVariableKind, parseTarget } from "@llm-provider/core/internal";
import type { ConfigPath, GatewayConfig, TargetConfig } from "../config/config.ts";
import type { AuthorMemory } from "./author-memory.ts";
import { TargetHealth } from "../health/target-health.ts";
import { httpFetch } from "./http-fetch.ts";
import type { GatewayTarget, PublicModel } from "./target.ts";
import { wrapProvider } from "./wrap-provider.ts";

/** Finds a provider by its name in the configuration: one of ours, a package, or a path. */
export type LoadProvider = (name: string) => Promise<ProviderFactory>;

/** A mistake that only loading reveals, and its part of the configuration. */
export interface LoadProblem {
  readonly path: ConfigPath;
  readonly message: string;
  /** The gateway can run with it. */
  readonly isWarning?: boolean;
}

/** The state that the gateway keeps over a change of its configuration. */
export interface Kept {
  /** By target, key and address. */
  readonly health: Map<string, Pick<GatewayTarget, "health" | "latency">>;
  readonly authors: AuthorMemory;
}

/** The public models of a configuration, each with its running providers. */
export async function loadModels(
  config: GatewayConfig,
  load: LoadProvider,
  kept: Kept,
  env: Readonly<Record<string, string | undefined>> | undefined,
): Promise<{ models: ReadonlyMap<string, PublicModel>; problems: LoadProblem[] }> {
  const problems: LoadProblem[] = [];
  const models = new Map<string, PublicModel>();
  const keyless = new Set<string>();
  for (const [name, { route, targets }] of Object.entries(config.models)) {
    const loaded: GatewayTarget[] = [];
    for (const [index, target] of targets.entries()) {
      const path = ["models", name, "targets", index];
      const one = await loadTarget(target, path);
      if (one) loaded.push(one);
    }
    models.set(name, { name, route, targets: loaded });
  }
  return { models, problems };

  async function loadTarget(target: TargetConfig, path: ConfigPath): Promise<GatewayTarget | undefined> {
    const { to, weight, key, baseURL, forward } = target;
    const { name, model } = parseTarget(to);
    try {
      const factory = await load(name);
      const { definition } = factory;
      if (model === undefined) {
        problems.push({
          path,
          message: `\`${to}\` names no model. Write \`${name}:${definition.smallModel}\`, or another model.`,
        });
        return undefined;
      }
      const meant = Object.hasOwn(definition.models, model)
        ? undefined
        : closestName(model, Object.keys(definition.models));
      if (meant)
        problems.push({
          path,
          isWarning: true,
          message: `${definition.name} is not known to have the model \`${model}\`. Did you mean \`${meant}\`?`,
        });
      const missing = env && missingKey(definition.auth, key, env);
      // Without a file, a provider has a target for each of its models: one line about the variable is enough.
      if (missing && !keyless.has(missing))
        problems.push({
          path,
          isWarning: true,
          message: `\`${to}\` has no key: set ${missing}, or give the target a \`key\`.`,
        });
      if (missing) keyless.add(missing);
      const provider = factory({
        ...(key !== undefined && { apiKey: key }),
        ...(baseURL !== undefined && { baseURL }),
        fetch: httpFetch,
        timeout: config.timeouts.headers,
        idleTimeout: config.timeouts.idle,
        maxRetries: 0,
      });
      const id = createHash("sha256")
        .update(JSON.stringify([to, key, baseURL]))
        .digest("hex");
      const before = kept.health.get(id) ?? {
        health: new TargetHealth(config.health),
        latency: { average: undefined, at: 0, last: [] },
      };
      kept.health.set(id, before);
      return {
        name: to,
        id,
        forward,
        provider: wrapProvider(provider, {
          name: to,
          forward,
          authors: kept.authors,
          latency: before.latency,
          firstContent: config.timeouts.firstContent,
        }),
        definition,
        model,
        weight,
        ...before,
      };
    } catch (error) {
      const { message } = error as Error;
      const isAddress = ProviderError.is(error) && baseURL !== undefined;
      problems.push({ path: isAddress ? [...path, "baseURL"] : path, message });
      return undefined;
    }
  }
}

/** The variable that must be set, if the key does not come from elsewhere. */
function missingKey(
  auth: "none" | { readonly env: string },
  key: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  if (auth === "none" || key !== undefined) return undefined;
  // A name that does not look like a key's may be a pasted key.
  if (keyVariableKind(auth.env) === undefined) return "the variable that its definition names";
  return env[auth.env] ? undefined : auth.env;
}
