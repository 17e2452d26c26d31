import { join } from "node:path";
import type { ProviderFactory } from "@llm-provider/core";
import { providers } from "../packages/cli/src/providers.generated.ts";
import { packagesWhere } from "../scripts/packages-where.ts";

/**
 * The folders of packages/ that belong to this repository. A package that somebody scaffolded here is a draft with its own contract
 * tests: no test of the whole repository may expect its facts or its row, or fail over its name.
 */
export const ownPackages: readonly string[] = packagesWhere(join(import.meta.dirname, ".."), ({ draft }) => !draft);

/** The providers of the CLI's registry that belong to this repository, by id. */
export const ownProviders: Readonly<Record<string, () => Promise<ProviderFactory>>> = Object.fromEntries(
  Object.entries(providers).filter(([id]) => ownPackages.includes(id)),
);

/** The same, loaded. */
export async function loadOwnProviders(): Promise<[id: string, factory: ProviderFactory][]> {
  return Promise.all(
    Object.entries(ownProviders).map(async ([id, load]): Promise<[string, ProviderFactory]> => [id, await load()]),
  );
}
