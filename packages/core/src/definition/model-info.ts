import type { Source } from "./definition.ts";

/** US dollars a million tokens. */
export interface Price {
  readonly input: number;
  readonly output: number;
  /** Input tokens that come from the endpoint's cache. */
  readonly cached?: number;
  /** Input tokens that are written to the endpoint's cache. */
  readonly cacheWrite?: number;
}

/** What is known of a model. */
export interface ModelInfo {
  /** Tokens of request and answer together. */
  readonly context?: number;
  /** Tokens. */
  readonly maxOutput?: number;
  /** `tiers`: prices for requests of more than `above` input tokens; `peak`: the price at the vendor's peak hours. */
  readonly price?: Price & { readonly tiers?: readonly (Price & { readonly above: number })[]; readonly peak?: Price };
  readonly features?: readonly ("tools" | "images" | "json" | "schema" | "reasoning" | "embeddings")[];
  /** The model that this is another name of: everything not said here is taken from it. */
  readonly aliasOf?: string;
  /** `on`: YYYY-MM-DD; `use`: the successor. */
  readonly retired?: { readonly on: string; readonly use: string };
  readonly source: Source;
}
