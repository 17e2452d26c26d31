import type { ChatEvent } from "../chat/chat-event.ts";
import type { Change, ChatResult } from "../chat/chat-result.ts";

/** An answer that is being read. */
export type Answer = {
  /** The changes that were made to this answer's request. */
  readonly changes: readonly Change[];
  /** Appends the events of one network read; false when the answer has ended. Events that came before an error are appended first. */
  read(out: ChatEvent[]): Promise<boolean>;
  /** The whole answer, once it has ended. */
  result(): ChatResult | Promise<ChatResult>;
};
