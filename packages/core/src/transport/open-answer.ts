import type { Answer } from "../answer/answer.ts";
import type { ChatEvent } from "../chat/chat-event.ts";
import type { Change } from "../chat/chat-result.ts";
import type { Definition } from "../definition/definition.ts";
import { ProviderError } from "../errors/provider-error.ts";
import { readAnswer } from "../answer/read-answer.ts";
import { redactHeaders } from "./redact-headers.ts";
import { sendRequest, type Outgoing } from "./send-request.ts";
import type { Settings } from "../chat/settings.ts";
import { withRetries } from "./with-retries.ts";

export type Opening = {
  readonly definition: Definition;
  readonly settings: Settings;
  readonly outgoing: Outgoing;
  /** The wire body as it was before it became text, for the log. */
  readonly body: Record<string, unknown>;
  readonly changes: Change[];
  readonly signal: AbortSignal | undefined;
  /** Read to the end before it counts as opened: `chat`, which hands out nothing before. */
  readonly isWhole: boolean;
};

/** Sends a request until an answer begins (or has ended, for a whole one). After the first event nothing is tried again. */
export function openAnswer(opening: Opening): Promise<Answer> {
  const { definition, settings, outgoing, changes, signal, isWhole } = opening;
  const policy = { provider: definition.id, retries: settings.retries, maxWait: settings.maxWait, signal };
  const asked = { model: outgoing.model, wireModel: opening.body["model"], tier: opening.body["service_tier"] };
  return withRetries(policy, async (attempt) => {
    const began = performance.now();
    let status: number | undefined;
    try {
      const opened = await sendRequest(definition, settings, outgoing, signal);
      status = opened.status;
      const ms = performance.now() - began;
      const answer = await readFirst(readAnswer(definition, asked, opened, changes), isWhole);
      report({ attempt, status, ms });
      return answer;
    } catch (error) {
      if (ProviderError.is(error))
        report({ attempt, status: error.status ?? status, ms: performance.now() - began, error });
      throw error;
    }
  });

  function report(how: { attempt: number; status?: number; ms: number; error?: ProviderError }): void {
    const { url, headers, scrub } = outgoing;
    settings.onAttempt?.({
      url,
      headers: redactHeaders(definition, scrub(headers)),
      body: scrub(opening.body),
      ...how,
    });
  }
}

/** Reads until there are events, and gives them again at the first read that follows. */
async function readFirst(answer: Answer, isWhole: boolean): Promise<Answer> {
  const first: ChatEvent[] = [];
  let failure: { error: unknown } | undefined;
  let hasMore = true;
  try {
    while (hasMore && (isWhole || first.length === 0)) hasMore = await answer.read(first);
  } catch (error) {
    if (isWhole || first.length === 0) throw error;
    failure = { error };
  }
  let isHandedOut = false;
  return {
    result: answer.result,
    async read(out) {
      if (isHandedOut) return answer.read(out);
      isHandedOut = true;
      for (const event of first) out.push(event);
      if (failure) throw failure.error;
      return hasMore;
    },
  };
}
