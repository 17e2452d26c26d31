import type { FinishReason, ToolCall, Usage } from "./chat-event.ts";
import type { AssistantMessage } from "./chat-request.ts";
import type { Json } from "../json.ts";

/** One rate limit as the answer's headers state it. */
export type Limit = {
  limit?: number;
  remaining?: number;
  /** Milliseconds from the answer. */
  reset?: number;
};

/** The rate limits of an answer, by what they count. */
export type Limits = { requests?: Limit; tokens?: Limit };

/** One thing that core did to a request, and the page that says why. */
export type Change = {
  /** Wire name; `messages[].field` for a field of the messages. */
  parameter: string;
  /** `ignored`: sent as it is, but the endpoint gives it no effect. */
  action: "dropped" | "renamed" | "clamped" | "mapped" | "ignored";
  from?: unknown;
  to?: unknown;
  reason: string;
  /** A URL, or empty where the reason is core's own. */
  source: string;
};

/** A whole answer. */
export type ChatResult = {
  id?: string;
  /** The model that answered; not always the one that was asked. */
  model?: string;
  text: string;
  reasoning: string;
  toolCalls: ToolCall[];
  finishReason: FinishReason;
  /** The endpoint's own word. */
  rawFinishReason?: string;
  usage?: Usage;
  /** Ready to append to the next request's messages, at any provider. */
  message: AssistantMessage;
  changes: Change[];
  /** The wire fields that the definition names in `metadata`, unchanged. */
  metadata: { [key: string]: Json | undefined };
  response: { status: number; headers: Record<string, string>; requestId?: string; limits?: Limits };
};
