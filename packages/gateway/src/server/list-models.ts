import { toDecimal } from "./answer-headers.ts";
import { modelInfo } from "@llm-provider/core/internal";
import type { PublicModel } from "../target/target.ts";

/** The limits and the price of a public model: the smallest context and the highest price of its known targets. */
export interface ModelSummary {
  /** Tokens. */
  readonly context?: number;
  /** Tokens. */
  readonly maxOutput?: number;
  /** US dollars a million tokens. */
  readonly price?: { readonly input: number; readonly output: number; readonly cached?: number };
}

/** Combines the targets of a public model so that the values are safe whichever target answers. */
export function summarizeModel({ targets }: Pick<PublicModel, "targets">): ModelSummary {
  const infos = targets.flatMap(({ definition, model }) => modelInfo(definition, model) ?? []);
  const contexts = infos.flatMap(({ context }) => context ?? []);
  const outputs = infos.flatMap(({ maxOutput }) => maxOutput ?? []);
  const prices = infos.flatMap(({ price }) => price?.peak ?? price ?? []);
  const cached = prices.flatMap((price) => price.cached ?? []);
  return {
    ...(contexts.length > 0 && { context: Math.min(...contexts) }),
    ...(outputs.length > 0 && { maxOutput: Math.min(...outputs) }),
    ...(prices.length > 0 && {
      price: {
        input: Math.max(...prices.map(({ input }) => input)),
        output: Math.max(...prices.map(({ output }) => output)),
        // A target without a price for cached tokens charges the full one.
        ...(cached.length === prices.length && { cached: Math.max(...cached) }),
      },
    }),
  };
}

/** An entry of `GET /v1/models` in OpenRouter's format, with prices per token as text. */
export function toModelEntry(model: PublicModel, created: number): object {
  const { context, maxOutput, price } = summarizeModel(model);
  const perToken = (dollars: number): string => toDecimal(dollars / 1_000_000);
  return {
    id: model.name,
    object: "model",
    created,
    owned_by: "llm-provider",
    name: model.name,
    ...(context !== undefined && { context_length: context }),
    ...(price && {
      pricing: {
        prompt: perToken(price.input),
        completion: perToken(price.output),
        ...(price.cached !== undefined && { input_cache_read: perToken(price.cached) }),
      },
    }),
    ...((context !== undefined || maxOutput !== undefined) && {
      top_provider: { context_length: context ?? null, max_completion_tokens: maxOutput ?? null },
    }),
  };
}
