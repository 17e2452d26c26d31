import { modelInfo } from "@llm-provider/core/internal";
import type { PublicModel } from "../target/target.ts";

/** What a public model is known to take and to cost: of several targets the smallest context and the dearest price. */
export interface ModelSummary {
  /** Tokens. Absent where one of the targets is not known. */
  readonly context?: number;
  /** Tokens. */
  readonly maxOutput?: number;
  /** US dollars a million tokens. Absent where one of the targets is not known. */
  readonly price?: { readonly input: number; readonly output: number; readonly cached?: number };
}

/** Whatever target answers, it takes at least so much and costs at most so much. */
export function summarizeModel({ targets }: Pick<PublicModel, "targets">): ModelSummary {
  const infos = targets.map(({ definition, model }) => modelInfo(definition, model));
  const contexts = whole(infos.map((info) => info?.context));
  const outputs = whole(infos.map((info) => info?.maxOutput));
  const prices = whole(infos.map((info) => info?.price && (info.price.peak ?? info.price)));
  const cached = prices && whole(prices.map((price) => price.cached));
  return {
    ...(contexts && { context: Math.min(...contexts) }),
    ...(outputs && { maxOutput: Math.min(...outputs) }),
    ...(prices && {
      price: {
        input: Math.max(...prices.map(({ input }) => input)),
        output: Math.max(...prices.map(({ output }) => output)),
        ...(cached && { cached: Math.max(...cached) }),
      },
    }),
  };
}

/** The values, where none is missing. */
function whole<Value>(values: readonly (Value | undefined)[]): Value[] | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === values.length && known.length > 0 ? known : undefined;
}

/** One entry of `GET /v1/models`, in the shape that OpenRouter made known: prices a token, as text. */
export function toModelEntry(model: PublicModel, created: number): object {
  const { context, maxOutput, price } = summarizeModel(model);
  // A number would be written as 1.5e-7, and readers of such lists take prices for decimals.
  const perToken = (dollars: number): string => (dollars / 1_000_000).toFixed(12).replace(/\.?0+$/, "");
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
