import type { ChatEvent } from "../chat/chat-event.ts";
import type { Change, ChatResult } from "../chat/chat-result.ts";

/** An answer that is being read. */
export type Answer = {
  /** What was changed in the request that is answered here. */
  readonly changes: readonly Change[];
  /** Appends the events of one network read; false when the answer has ended. Events that came before an error are appended first. */
  read(out: ChatEvent[]): Promise<boolean>;
  /** The whole of it, once it has ended. */
  result(): ChatResult | Promise<ChatResult>;
};
