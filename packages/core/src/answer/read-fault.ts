import type { ChatResult } from "../chat/chat-result.ts";
import { WireFault } from "../chat/wire-fault.ts";
import { classifyError } from "../errors/classify-error.ts";
import { ProviderError } from "../errors/provider-error.ts";
import { responseFacts } from "../errors/response-facts.ts";
import { scrubbedError } from "../errors/scrubbed-error.ts";
import type { Json } from "../json.ts";
import type { Reading } from "./reading.ts";

const brokenHint =
  "Do not trust this answer: whatever arrived before the error is in `error.partial`. Try again; if it goes on, check the base URL and any proxy in between.";

/** What it means that an answer could not be read to its end: the endpoint's own words, where it has some. */
export function readFault(reading: Reading, error: unknown, partial: Partial<ChatResult>): ProviderError {
  const { facts, context, opened, fault, isEmpty } = reading;
  const { definition } = facts;
  const { scrub } = opened;
  const isKnown = ProviderError.is(error);
  if (!isKnown && (fault || isEmpty || error instanceof WireFault)) {
    const body = fault ?? (error instanceof WireFault ? error.body : wordsOf(reading));
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

/** What a body that is no answer says: its last object that is an error in any form, else its first characters. */
function wordsOf({ silent, body, facts: { definition } }: Reading): Json {
  const words = silent && definition.dialect.errorText(silent).message;
  if (silent && words !== undefined) return silent;
  return body.head.replace(/data: ?\[DONE\][^]*$/, "");
}
