import type { Answer } from "../answer/answer.ts";
import type { AnswerFacts } from "../answer/answer-facts.ts";
import type { ChatEvent } from "../chat/chat-event.ts";
import type { Change } from "../chat/chat-result.ts";
import { readAnswer } from "../answer/read-answer.ts";
import type { Outgoing } from "../transport/send-request.ts";
import type { Settings } from "./settings.ts";
import { tryRequest } from "./try-request.ts";

export interface Opening {
  readonly facts: AnswerFacts;
  readonly settings: Settings;
  readonly outgoing: Outgoing;
  /** The wire body as it was before it became text, for the log. */
  readonly body: Record<string, unknown>;
  readonly changes: Change[];
  /** Read to the end before it counts as opened, as for `chat`, which delivers nothing earlier. */
  readonly isWhole: boolean;
}

/** Sends a request until an answer begins (or has ended, for a whole one), its first events in `out`. After the first event the request is not repeated. */
export function openAnswer(opening: Opening, out: ChatEvent[]): Promise<Answer> {
  const { facts, settings, outgoing, body, changes, isWhole } = opening;
  const asked = { model: outgoing.model, wireModel: body["model"], tier: body["service_tier"] };
  const { onChunk } = settings;
  const tell = onChunk && ((data: string) => onChunk(outgoing.scrub(data)));
  return tryRequest(facts.definition, settings, outgoing, body, (opened) =>
    readFirst(readAnswer(facts, asked, opened, changes, tell), out, isWhole),
  );
}

/** Reads until there are events. An end or an error that comes with them is reported at the next read. */
async function readFirst(answer: Answer, out: ChatEvent[], isWhole: boolean): Promise<Answer> {
  out.length = 0;
  try {
    while (isWhole || out.length === 0) if (!(await answer.read(out))) return { ...answer, read: async () => false };
    return answer;
  } catch (error) {
    if (isWhole || out.length === 0) throw error;
    return { ...answer, read: () => Promise.reject(error) };
  }
}
