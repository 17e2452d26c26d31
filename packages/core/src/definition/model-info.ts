import type { Source } from "./source-of.ts";

/** US dollars per million tokens. */
export interface Price {
  readonly input: number;
  readonly output: number;
  /** Input tokens that come from the endpoint's cache. */
  readonly cached?: number;
  /** Input tokens that are written to the endpoint's cache. */
  readonly cacheWrite?: number;
}

/** The facts that a page states about a model. */
export interface ModelFacts {
  /** Tokens of request and answer together. */
  readonly context?: number;
  /** Tokens. */
  readonly maxOutput?: number;
  /** `tiers`: prices for requests of more than `above` input tokens; `peak`: the price at the vendor's peak hours. */
  readonly price?: Price & { readonly tiers?: readonly (Price & { readonly above: number })[]; readonly peak?: Price };
  readonly features?: readonly ("tools" | "images" | "json" | "schema" | "reasoning" | "embeddings")[];
  /** The model that this id is an alias of: facts that are missing here are taken from it. */
  readonly aliasOf?: string;
  /** `on`: YYYY-MM-DD; `use`: the successor. */
  readonly retired?: { readonly on: string; readonly use: string };
  readonly source: Source;
}

/** What is known about a model: facts with their source, or only its id, which needs no source. */
export type ModelInfo = ModelFacts | { readonly [fact in keyof ModelFacts]?: never };

/** What the catalogue knows about a model. An alias takes missing facts from the model that it names. */
export function modelInfo(
  { models }: { readonly models: { readonly [id: string]: ModelInfo } },
  id: string,
): ModelInfo | undefined {
  if (!Object.hasOwn(models, id)) return undefined;
  const own = models[id]!;
  const { aliasOf } = own;
  return aliasOf !== undefined && Object.hasOwn(models, aliasOf) ? { ...models[aliasOf]!, ...own } : own;
}
