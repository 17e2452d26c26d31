import type { Attempt } from "./provider.ts";
import type { Definition } from "../definition/definition.ts";
import { ProviderError } from "../errors/provider-error.ts";
import { redactHeaders } from "../transport/redact-headers.ts";
import { sendRequest, type OpenResponse, type Outgoing } from "../transport/send-request.ts";
import type { Settings } from "./settings.ts";
import { withRetries } from "../transport/with-retries.ts";

/**
 * Sends a request and reads its answer, and repeats it if that may help. The observers see every attempt.
 * `body` is the wire body before it became text.
 */
export function tryRequest<Value>(
  definition: Definition,
  settings: Settings,
  outgoing: Outgoing,
  body: Attempt["body"],
  read: (opened: OpenResponse) => Promise<Value>,
): Promise<Value> {
  const { signal, maxRetries, maxWait } = settings;
  return withRetries({ provider: definition.id, maxRetries, maxWait, signal }, async (attempt) => {
    const began = performance.now();
    let status: number | undefined;
    try {
      const opened = await sendRequest(definition, settings, outgoing, signal);
      status = opened.status;
      const ms = performance.now() - began;
      const value = await read(opened);
      report({ attempt, status, ms });
      return value;
    } catch (error) {
      if (ProviderError.is(error))
        report({ attempt, status: error.status ?? status, ms: performance.now() - began, error });
      throw error;
    }
  });

  function report(how: Pick<Attempt, "attempt" | "status" | "ms" | "error">): void {
    if (settings.onAttempt.length === 0) return;
    const { url, headers, scrub } = outgoing;
    const told = {
      url: scrub(url),
      headers: redactHeaders(definition, scrub(headers)),
      body: scrub(body),
      ...how,
    };
    for (const observer of settings.onAttempt) observer(told);
  }
}
