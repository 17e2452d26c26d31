import type { Definition } from "@llm-provider/core";
import type { CommandIo, KnownProviders } from "@llm-provider/testing/command";

/** What a command of this program gets: the `CommandIo`, and the providers that the program knows by their ids. */
export interface CliIo extends CommandIo {
  readonly providers: KnownProviders;
}

/** The definition of every provider that the program knows. */
export async function knownDefinitions({ providers }: Pick<CliIo, "providers">): Promise<Definition[]> {
  return Promise.all(Object.values(providers).map(async (load) => (await load()).definition));
}

/** What the help says about the argument `<provider>`. */
export function providerArgument({ providers }: Pick<CliIo, "providers">): string {
  return `One of ${Object.keys(providers).join(", ")}; or a path such as ./packages/acme, or an installed package`;
}
