import type { ProviderOptions } from "@llm-provider/core";
import type { Cassette } from "../cassette/cassette.ts";
import type { Chunking } from "./chunkings.ts";

/** Plays the answers of a cassette, in order, while something runs. The body of a request is not compared: one check does that. */
export type Player = <T>(
  cassette: Cassette,
  chunking: Chunking,
  run: (options: Pick<ProviderOptions, "fetch">) => Promise<T>,
) => Promise<{
  readonly value: T;
  /** What was asked that the cassette does not hold, and what it holds that was not asked. */
  readonly problems: readonly string[];
}>;
