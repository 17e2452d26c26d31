import type { Json } from "../json.ts";
import type { FinishReason, ToolCall, Usage } from "./chat-event.ts";
import type { AssistantMessage } from "./chat-request.ts";

/** One rate limit, as the headers of an answer state it. */
export interface Limit {
  limit?: number;
  remaining?: number;
  /** Milliseconds from the answer until the limit is full again. */
  reset?: number;
}

/** One thing that core did to a request, and the page that says why. */
export interface Change {
  /** Wire name; `messages[].field` for a field of the messages. */
  parameter: string;
  /** `ignored`: sent as it is, but the endpoint gives it no effect. */
  action: "dropped" | "renamed" | "clamped" | "mapped" | "ignored" | "set";
  from?: unknown;
  to?: unknown;
  /** A sentence for people. */
  reason: string;
  /** A web address, or empty if the reason is core's own. */
  source: string;
}

/** A whole answer. */
export interface ChatResult {
  id?: string;
  /** The model that answered: not always the requested one. */
  model?: string;
  /** All text of the answer. If the model refused, its words are here too. */
  text: string;
  reasoning: string;
  /** The model's own words if it refused. */
  refusal?: string;
  /** Data or https URLs of the images that the model made. */
  images?: string[];
  toolCalls: ToolCall[];
  finishReason: FinishReason;
  /** The endpoint's own word for why it stopped. */
  rawFinishReason?: string;
  usage?: Usage;
  /** Ready to append to the next request's messages, at any provider. */
  message: AssistantMessage;
  /** Everything that core changed in the request, each with its reason. */
  changes: Change[];
  /** The wire fields that the definition names in `metadata`, unchanged. */
  metadata: { [key: string]: Json | undefined };
  response: {
    status: number;
    headers: Record<string, string>;
    /** The id that the vendor's support asks for. */
    requestId?: string;
    limits?: { requests?: Limit; tokens?: Limit };
  };
}
