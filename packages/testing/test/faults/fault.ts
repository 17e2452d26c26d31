import type { ProviderFactory } from "@llm-provider/core";
import type { Cassettes } from "../../src/cassette/cassette-folder.ts";

/** One planted fault, and the check that must catch it. */
export type Fault = {
  readonly id: string;
  /** What the faulty provider does. */
  readonly does: string;
  readonly caughtBy: string;
  /** The fixture that gets the fault. @default acme */
  readonly in?: "bolt" | "cove" | "dune";
  /** Returns the factory with the fault and its unchanged definition. */
  readonly wrap?: (factory: ProviderFactory) => ProviderFactory;
  /** Returns the recordings with the fault. */
  readonly cassettes?: (cassettes: Cassettes) => Cassettes;
};
