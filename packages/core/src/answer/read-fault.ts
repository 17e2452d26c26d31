import type { ChatResult } from "../chat/chat-result.ts";
import { WireFault } from "../chat/wire-fault.ts";
import { classifyError } from "../errors/classify-error.ts";
import { ProviderError } from "../errors/provider-error.ts";
import { responseFacts } from "../errors/response-facts.ts";
import { scrubbedError } from "../errors/scrubbed-error.ts";
import type { Reading } from "./reading.ts";

const brokenHint =
  "Do not trust this answer: whatever arrived before the error is in `error.partial`. Try again; if it goes on, check the base URL and any proxy in between.";

/** The error for an answer that could not be read to its end: with the endpoint's own words, if it sent any. */
export function readFault(reading: Reading, error: unknown, partial: Partial<ChatResult>): ProviderError {
  const { facts, context, opened, fault, isEmpty } = reading;
  const { head } = reading.body;
  const { definition } = facts;
  const { scrub } = opened;
  const isKnown = ProviderError.is(error);
  if (!isKnown && (fault || isEmpty || error instanceof WireFault)) {
    // If the body is not an answer, its first characters serve as the message.
    const body = fault ?? (error instanceof WireFault ? error.body : head.replace(/data: ?\[DONE\][^]*$/, ""));
    return classifyError(definition, body, context, scrub, partial);
  }
  const { status, requestId, limits } = responseFacts(definition, opened);
  return scrubbedError(scrub, error instanceof Error ? error.message : String(error), {
    ...(isKnown
      ? { code: error.code, retryable: error.retryable, hint: error.hint }
      : { code: "invalid-response" as const, hint: brokenHint }),
    provider: definition.id,
    model: context.model,
    status,
    requestId,
    limits,
    partial,
  });
}
