import type { Usage } from "../chat/chat-event.ts";
import { readField } from "../read-field.ts";

/** The token counts of a `usage` object, under the names of Chat Completions or of Responses; `undefined` if it has none. */
export function readUsageCounts(wire: object): Usage | undefined {
  const input = count(wire, "prompt_tokens", "input_tokens");
  const output = count(wire, "completion_tokens", "output_tokens");
  const total = count(wire, "total_tokens");
  if (input === undefined && output === undefined && total === undefined) return undefined;
  const cached = within(
    wire,
    ["prompt_tokens_details", "input_tokens_details"],
    "cached_tokens",
    "cache_read_input_tokens",
    "prompt_cache_hit_tokens",
  );
  const reasoning = within(wire, ["completion_tokens_details", "output_tokens_details"], "reasoning_tokens");
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

/** A count from one of the detail objects, else from the usage object itself. */
function within(wire: object, details: readonly string[], ...wanted: readonly string[]): number | undefined {
  for (const name of details) {
    const found = count(readField(wire, name), ...wanted);
    if (found !== undefined) return found;
  }
  return count(wire, ...wanted);
}

function count(holder: unknown, ...wanted: readonly string[]): number | undefined {
  if (typeof holder !== "object" || holder === null) return undefined;
  for (const name of wanted) {
    const value = readField(holder, name);
    if (typeof value === "number" && Number.isFinite(value)) return value;
  }
  return undefined;
}
