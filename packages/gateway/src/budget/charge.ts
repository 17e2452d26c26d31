import type { ChatResult, Usage } from "@llm-provider/core";
import { charactersPerToken, dearestCost, estimateTokens } from "@llm-provider/core/internal";
import type { GatewayTarget } from "../target/target.ts";
import { toMicros } from "./micros.ts";

/** The charge for a request. */
export interface Charge {
  readonly tokens: number;
  /** Whole micro-dollars. Absent if the target's price is unknown. */
  readonly micros?: number;
  /** Whether the token counts are estimated, because the target did not report any. */
  readonly isEstimated: boolean;
}

/** Charges an answer by its reported usage, or by an estimate. If several prices may apply, the highest counts. */
export function chargeFor(
  target: Pick<GatewayTarget, "definition" | "model">,
  usage: Usage | undefined,
  input: unknown,
  characters: number,
): Charge {
  const isEstimated = !usage || usage.totalTokens === 0;
  const inputTokens = isEstimated ? estimateTokens(input) : usage.inputTokens;
  const outputTokens = isEstimated ? Math.ceil(characters / charactersPerToken) : usage.outputTokens;
  const dollars = (isEstimated ? undefined : usage.cost) ?? dearestCost(target, inputTokens, outputTokens);
  return {
    tokens: Math.ceil(Math.max(inputTokens + outputTokens, isEstimated ? 0 : usage.totalTokens)),
    ...(dollars !== undefined && { micros: toMicros(dollars) }),
    isEstimated,
  };
}

/**
 * Adds up a request's charges. Without charges, the sum is zero: the request was never sent, or it was refused. The sum of
 * money leaves out charges with an unknown price, and is absent if every price is unknown.
 */
export function sumOf(charges: readonly Charge[]): Charge {
  const micros = charges.flatMap((charge) => charge.micros ?? []);
  return {
    tokens: charges.reduce((sum, { tokens }) => sum + tokens, 0),
    ...(micros.length > 0 || charges.length === 0 ? { micros: micros.reduce((sum, one) => sum + one, 0) } : {}),
    isEstimated: charges.some(({ isEstimated }) => isEstimated),
  };
}

/** Counts the characters of an answer that an endpoint would bill as output tokens. */
export function charactersIn({ text = "", reasoning = "", toolCalls = [] }: Partial<ChatResult> = {}): number {
  return toolCalls.reduce(
    (sum, { name, arguments: given }) => sum + name.length + given.length,
    text.length + reasoning.length,
  );
}
