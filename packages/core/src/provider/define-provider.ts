import { createProvider } from "./create-provider.ts";
import type { Definition } from "../definition/definition.ts";
import type { ProviderFactory } from "./provider.ts";

/**
 * Makes a definition callable: `acme()` is a client, `acme.definition` the data. Nothing is checked at run time here, since
 * that would cost every import; `checkDefinition` of `@llm-provider/core/check` does it, in the contract tests and the CLI.
 */
export function defineProvider<const D extends Definition>(
  definition: D & { smallModel: Extract<keyof D["models"], string> },
): ProviderFactory<D> {
  const factory: ProviderFactory<Definition> = Object.assign((options = {}) => createProvider(definition, options), {
    definition,
  });
  return factory as unknown as ProviderFactory<D>;
}
