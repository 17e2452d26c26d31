import type { ChatResult, Usage } from "@llm-provider/core";
import { charactersPerToken, dearestCost, estimateTokens } from "@llm-provider/core/internal";
import type { GatewayTarget } from "../target/target.ts";
import { toMicros } from "./micros.ts";

/** The charge for a request. */
export interface Charge {
  readonly tokens: number;
  /** Whole micro-dollars. Absent if the target's price is unknown. */
  readonly micros?: number;
  /** The target did not report token counts. */
  readonly isEstimated: boolean;
}

/** The cost of an answer by its usage, or by the estimate without one. A doubtful price counts at its highest. */
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

/** The sum of a request's charges. Without charges it was never sent, or was refused. An unknown charge makes the sum unknown. */
export function sumOf(charges: readonly Charge[]): Charge {
  const micros = charges.flatMap((charge) => charge.micros ?? []);
  return {
    tokens: charges.reduce((sum, { tokens }) => sum + tokens, 0),
    ...(micros.length > 0 || charges.length === 0 ? { micros: micros.reduce((sum, one) => sum + one, 0) } : {}),
    isEstimated: charges.some(({ isEstimated }) => isEstimated),
  };
}

/** The characters of an answer that an endpoint counts as tokens. */
export function charactersIn({ text = "", reasoning = "", toolCalls = [] }: Partial<ChatResult> = {}): number {
  return toolCalls.reduce(
    (sum, { name, arguments: given }) => sum + name.length + given.length,
    text.length + reasoning.length,
  );
}
