import type { ChatResult } from "../chat/chat-result.ts";
import type { Definition, WireContext } from "../definition/definition.ts";
import { loadPart, outOfReach } from "./load-part.ts";
import { ProviderError } from "./provider-error.ts";
import { codeOfStatus, isRetryable } from "./status-code.ts";

/**
 * The error that an answer means, made by code that is loaded here: an answer that is none needs it, and no other. Where that
 * code is out of reach, the status alone says what there is to say.
 */
export async function explain<Part>(
  { id: provider, name }: Definition,
  { status, model }: WireContext,
  load: () => Promise<Part>,
  make: (part: Part) => ProviderError | Promise<ProviderError>,
  partial?: Partial<ChatResult>,
): Promise<ProviderError> {
  const part = await load().catch(() => undefined);
  if (part) return make(part);
  const code = codeOfStatus(status);
  return new ProviderError(`${name} answered with HTTP ${status}. What it said was not read.`, {
    code,
    provider,
    model: model || undefined,
    status,
    retryable: isRetryable(code),
    hint: outOfReach,
    partial,
  });
}
