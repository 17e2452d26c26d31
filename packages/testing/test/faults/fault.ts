import type { ProviderFactory } from "@llm-provider/core";
import type { Cassettes } from "../../src/cassette/cassette-folder.ts";

/** One way to be wrong, and the check that is there for it. */
export type Fault = {
  readonly id: string;
  /** What the provider does. */
  readonly does: string;
  readonly caughtBy: string;
  /** Which fixture it is planted in; acme unless said. */
  readonly in?: "bolt" | "cove" | "dune";
  /** The factory with the fault, its definition as it was. */
  readonly wrap?: (factory: ProviderFactory) => ProviderFactory;
  /** The recordings with the fault. */
  readonly cassettes?: (cassettes: Cassettes) => Cassettes;
};
