import type { Usage } from "../chat/chat-event.ts";
import { readField } from "../read-field.ts";

/** The token counts of a `usage` object, under the names of Chat Completions or of Responses; `undefined` where it has none. */
export function readUsageCounts(wire: object): Usage | undefined {
  const input = count(wire, "prompt_tokens") ?? count(wire, "input_tokens");
  const output = count(wire, "completion_tokens") ?? count(wire, "output_tokens");
  const total = count(wire, "total_tokens");
  if (input === undefined && output === undefined && total === undefined) return undefined;
  const cached =
    count(readField(wire, "prompt_tokens_details"), "cached_tokens") ??
    count(readField(wire, "input_tokens_details"), "cached_tokens") ??
    count(wire, "cached_tokens");
  const reasoning =
    count(readField(wire, "completion_tokens_details"), "reasoning_tokens") ??
    count(readField(wire, "output_tokens_details"), "reasoning_tokens") ??
    count(wire, "reasoning_tokens");
  const cost = count(wire, "cost");
  return {
    inputTokens: input ?? 0,
    outputTokens: output ?? 0,
    totalTokens: total ?? (input ?? 0) + (output ?? 0),
    ...(cached !== undefined && { cachedInputTokens: cached }),
    ...(reasoning !== undefined && { reasoningTokens: reasoning }),
    ...(cost !== undefined && { cost }),
  };
}

function count(holder: unknown, name: string): number | undefined {
  const value = typeof holder === "object" && holder !== null ? readField(holder, name) : undefined;
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}
