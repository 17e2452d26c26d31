import type { FinishReason } from "../chat/chat-event.ts";

/** Patterns for the finish reasons that endpoints use, in any letter case; the first match decides. */
const known: readonly (readonly [FinishReason, RegExp])[] = [
  ["content-filter", /filter|safety|sensitive|refus|prohibited|recitation|blocklist|spii|guardrail|toxic/i],
  ["error", /error|abort|cancel|malformed|unexpected|insufficient|time_?out|rate_?limit/i],
  ["length", /length|max|limit|window/i],
  ["tool-calls", /^(?:tool|function)/i],
  ["stop", /^(?:stop|end|eos|complete|finish)/i],
];

/** Our word for an endpoint's finish reason: by its definition, else by common usage. */
export function finishReasonOf(raw: string, own: { readonly [raw: string]: FinishReason }): FinishReason {
  if (Object.hasOwn(own, raw)) return own[raw]!;
  return known.find(([, pattern]) => raw.search(pattern) >= 0)?.[0] ?? "other";
}
