import { join } from "node:path";
import type { ProviderFactory } from "@llm-provider/core";
import { providers } from "../packages/cli/src/providers.generated.ts";
import { packagesWhere } from "../scripts/packages-where.ts";

/**
 * The folders of packages/ that are this repository's own. A package that somebody scaffolded here is a draft, with contract tests
 * of its own: no test of the whole repository may expect a fact or a row of it, or stumble over its name.
 */
export const ownPackages: readonly string[] = packagesWhere(join(import.meta.dirname, ".."), ({ draft }) => !draft);

/** The rows of the CLI's registry that are this repository's own: each provider by its id. */
export const ownProviders: Readonly<Record<string, () => Promise<ProviderFactory>>> = Object.fromEntries(
  Object.entries(providers).filter(([id]) => ownPackages.includes(id)),
);

/** The same, loaded. */
export async function loadOwnProviders(): Promise<[id: string, factory: ProviderFactory][]> {
  return Promise.all(
    Object.entries(ownProviders).map(async ([id, load]): Promise<[string, ProviderFactory]> => [id, await load()]),
  );
}
