import type { Answer } from "../answer/answer.ts";
import type { AnswerFacts } from "../answer/answer-facts.ts";
import type { ChatEvent } from "../chat/chat-event.ts";
import type { Change } from "../chat/chat-result.ts";
import { ProviderError } from "../errors/provider-error.ts";
import { readAnswer } from "../answer/read-answer.ts";
import { redactHeaders } from "../transport/redact-headers.ts";
import { sendRequest, type Outgoing } from "../transport/send-request.ts";
import type { Settings } from "./settings.ts";
import { withRetries } from "../transport/with-retries.ts";

export type Opening = {
  readonly facts: AnswerFacts;
  readonly settings: Settings;
  readonly outgoing: Outgoing;
  /** The wire body as it was before it became text, for the log. */
  readonly body: Record<string, unknown>;
  readonly changes: Change[];
  readonly signal: AbortSignal | undefined;
  /** Read to the end before it counts as opened: `chat`, which hands out nothing before. */
  readonly isWhole: boolean;
};

/** Sends a request until an answer begins (or has ended, for a whole one), its first events in `out`. After the first event nothing is tried again. */
export function openAnswer(opening: Opening, out: ChatEvent[]): Promise<Answer> {
  const { facts, settings, outgoing, changes, signal, isWhole } = opening;
  const { definition } = facts;
  const asked = { model: outgoing.model, wireModel: opening.body["model"], tier: opening.body["service_tier"] };
  const policy = { provider: definition.id, maxRetries: settings.maxRetries, maxWait: settings.maxWait, signal };
  return withRetries(policy, async (attempt) => {
    const began = performance.now();
    let status: number | undefined;
    try {
      const opened = await sendRequest(definition, settings, outgoing, signal);
      status = opened.status;
      const ms = performance.now() - began;
      const answer = await readFirst(readAnswer(facts, asked, opened, changes), out, isWhole);
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

/** Reads until there are events. An end or an error that comes with them is told at the next read. */
async function readFirst(answer: Answer, out: ChatEvent[], isWhole: boolean): Promise<Answer> {
  const { result } = answer;
  out.length = 0;
  try {
    while (isWhole || out.length === 0) if (!(await answer.read(out))) return { result, read: async () => false };
    return answer;
  } catch (error) {
    if (isWhole || out.length === 0) throw error;
    return { result, read: () => Promise.reject(error) };
  }
}
