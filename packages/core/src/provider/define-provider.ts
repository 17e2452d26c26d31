import type { Definition } from "../definition/definition.ts";
import type { ModelInfo } from "../definition/model-info.ts";
import { createProvider } from "./create-provider.ts";
import type { ProviderFactory } from "./provider.ts";

/**
 * Makes a definition callable: `acme()` is a client, `acme.definition` the data. The definition is not checked at run time, since
 * that would cost every import; `checkDefinition` of `@llm-provider/core/check` does it, in the contract tests and the CLI.
 */
export function defineProvider<const Models extends { readonly [id: string]: ModelInfo }, Own extends object = {}>(
  definition: Omit<Definition, "models" | "smallModel" | "request"> & {
    readonly models: Models;
    readonly smallModel: NoInfer<Extract<keyof Models, string>>;
    readonly request?: Own;
  },
): ProviderFactory<Extract<keyof Models, string>, Own> {
  return Object.assign((options = {}) => createProvider(definition, options), { definition }) as ProviderFactory<
    Extract<keyof Models, string>,
    Own
  >;
}
