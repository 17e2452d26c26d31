import type { ChatResult, Usage } from "@llm-provider/core";
import { charactersPerToken, dearestCost, estimateTokens } from "@llm-provider/core/internal";
import type { GatewayTarget } from "../target/target.ts";
import { toMicros } from "./micros.ts";

/** What a request is charged. */
export interface Charge {
  readonly tokens: number;
  /** Whole micro-dollars. Absent where the target's price is not known. */
  readonly micros?: number;
  /** The target did not say how many tokens there were. */
  readonly isEstimated: boolean;
}

/** What an answer costs: what its usage says, and the estimate where it says nothing. A cost that is in doubt is the dearest. */
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

/** The charges of one request: without any it was never sent, or was refused. Its cost is not known where one of them is not. */
export function sumOf(charges: readonly Charge[]): Charge {
  const micros = charges.flatMap((charge) => charge.micros ?? []);
  return {
    tokens: charges.reduce((sum, { tokens }) => sum + tokens, 0),
    ...(micros.length > 0 || charges.length === 0 ? { micros: micros.reduce((sum, one) => sum + one, 0) } : {}),
    isEstimated: charges.some(({ isEstimated }) => isEstimated),
  };
}

/** Characters of an answer that an endpoint counts as tokens. */
export function charactersIn({ text = "", reasoning = "", toolCalls = [] }: Partial<ChatResult> = {}): number {
  return toolCalls.reduce(
    (sum, { name, arguments: given }) => sum + name.length + given.length,
    text.length + reasoning.length,
  );
}
