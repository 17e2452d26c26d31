import type { ChatResult } from "../chat/chat-result.ts";
import type { Definition, WireContext } from "../definition/definition.ts";
import { outOfReach } from "./load-part.ts";
import { ProviderError } from "./provider-error.ts";
import { scrubbedError } from "./scrubbed-error.ts";
import type { Scrub } from "../scrubber.ts";

/**
 * The error behind an answer. The code for it is loaded here, since only failed answers need it. If that
 * code is out of reach, an existing error is reported as it is, and anything else by its status alone.
 */
export async function explain<Part>(
  { id: provider, name }: Definition,
  { status, model }: WireContext,
  scrub: Scrub,
  load: () => Promise<Part>,
  make: (part: Part) => ProviderError | Promise<ProviderError>,
  { partial, error }: { partial?: Partial<ChatResult>; error?: unknown } = {},
): Promise<ProviderError> {
  const part = await load().catch(() => undefined);
  if (part) return make(part);
  if (ProviderError.is(error)) return error;
  const code =
    status >= 500
      ? "server"
      : status === 429
        ? "rate-limit"
        : status === 401
          ? "invalid-key"
          : status >= 400
            ? "invalid-request"
            : "invalid-response";
  return scrubbedError(scrub, `${name} answered with HTTP ${status}. Its body was not read.`, {
    code,
    provider,
    model: model || undefined,
    status,
    retryable: code === "server" || code === "rate-limit",
    hint: outOfReach,
    partial,
  });
}
