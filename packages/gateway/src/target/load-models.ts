import { createHash } from "node:crypto";
import { ProviderError, type ProviderFactory } from "@llm-provider/core";
import { closestName, keyVariableKind, parseTarget } from "@llm-provider/core/internal";
import type { ConfigPath, GatewayConfig, TargetConfig } from "../config/config.ts";
import type { AuthorMemory } from "./author-memory.ts";
import { TargetHealth } from "../health/target-health.ts";
import { httpFetch } from "./http-fetch.ts";
import type { GatewayTarget, PublicModel } from "./target.ts";
import { wrapProvider } from "./wrap-provider.ts";

/** Loads a provider by its name in the configuration: a built-in provider, a package, or a path. */
export type LoadProvider = (name: string) => Promise<ProviderFactory>;

/** A problem that appears only when a provider is loaded, and its place in the configuration. */
export interface LoadProblem {
  readonly path: ConfigPath;
  readonly message: string;
  /** True if the gateway can run despite the problem. */
  readonly isWarning?: boolean;
}

/** The state that survives a change of configuration. */
export interface Kept {
  /** By the target's id, which is a digest of its name, key and address. */
  readonly health: Map<string, Pick<GatewayTarget, "health" | "latency">>;
  readonly authors: AuthorMemory;
}

/** Loads the public models of a configuration and creates the providers of their targets. */
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
      // Several targets may need the same variable, such as all models of one provider. One warning per variable is enough.
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

/** Returns the variable that should contain the key, if no key is configured and the variable is not set. */
function missingKey(
  auth: "none" | { readonly env: string },
  key: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  if (auth === "none" || key !== undefined) return undefined;
  // A name that does not look like a key's variable may be a pasted key, so it is not printed.
  if (keyVariableKind(auth.env) === undefined) return "the variable that its definition names";
  return env[auth.env] ? undefined : auth.env;
}
