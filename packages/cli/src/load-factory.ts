import type { ProviderFactory } from "@llm-provider/core";
import type { Io } from "./io.ts";
import { factoryIn, ownName } from "./known-providers.ts";
import { loadPackage } from "./load-package.ts";
import { providers } from "./providers.generated.ts";
import { sayWhereItCalls } from "./say-where-it-calls.ts";
import { usageError } from "./usage-error.ts";

/**
 * The provider of this name: one that comes with the program, or one of a package from elsewhere, of which is said, before
 * anything else, what it will reach with which key.
 */
export async function loadFactory(name: string, io: Io): Promise<ProviderFactory> {
  const own = ownName(name);
  if (Object.hasOwn(providers, own)) return providers[own]!();
  const factory = factoryIn((await loadPackage(name, io)).module);
  if (!factory) throw usageError(`${name} exports no provider. A provider is what \`defineProvider\` returns.`);
  sayWhereItCalls(name, factory.definition, io);
  return factory;
}
