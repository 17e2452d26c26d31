import type { Definition } from "@llm-provider/core";
import type { CommandIo, KnownProviders } from "@llm-provider/testing/command";

/** The input of a command: the `CommandIo`, and the known providers by their ids. */
export interface CliIo extends CommandIo {
  readonly providers: KnownProviders;
}

/** The definition of every known provider. */
export async function knownDefinitions({ providers }: Pick<CliIo, "providers">): Promise<Definition[]> {
  return Promise.all(Object.values(providers).map(async (load) => (await load()).definition));
}

/** The help text of the argument `<provider>`. */
export function providerArgument({ providers }: Pick<CliIo, "providers">): string {
  return `One of ${Object.keys(providers).join(", ")}; or a path such as ./packages/acme, or an installed package`;
}
