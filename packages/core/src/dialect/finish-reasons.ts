import type { FinishReason } from "../chat/chat-event.ts";

/** The words of the field for why a model stopped, as `plain` writes them. Each was seen at an endpoint that says it speaks the dialect. */
const words: { readonly [reason in FinishReason]?: string } = {
  stop: "stop end end_turn eos eos_token stop_sequence completed complete finished",
  length:
    "length max_tokens max_length model_length max_output_tokens model_context_window_exceeded token_limit time_limit",
  "tool-calls": "tool_calls tool_call tool_calling tool_use function_call function_calls",
  "content-filter":
    "content_filter content_filtered sensitive safety refusal prohibited_content recitation blocklist spii image_safety guardrail_intervened error_toxic",
  error:
    "error abort aborted cancelled network_error engine_error upstream_error malformed_function_call malformed_tool_use unexpected_tool_call insufficient_system_resource",
};

const known: ReadonlyMap<string, FinishReason> = new Map(
  Object.entries(words).flatMap(([reason, list]) =>
    list.split(" ").map((word) => [word, reason as FinishReason] as const),
  ),
);

/** Our word for an endpoint's: what its definition says, else what the field says. */
export function finishReasonOf(raw: string, own: { readonly [raw: string]: FinishReason }): FinishReason {
  return (Object.hasOwn(own, raw) ? own[raw] : undefined) ?? known.get(plain(raw)) ?? "other";
}

/** `maxTokens`, `max-tokens` and `MAX_TOKENS` are one word. */
function plain(raw: string): string {
  return raw.replaceAll(/([a-z])([A-Z])|\W+/g, "$1_$2").toLowerCase();
}
