/** One part of a message's content, as on the wire: `{ type: "text", text }`, `{ type: "image_url", image_url }` and so on. */
// oxlint-disable-next-line typescript/no-explicit-any -- the chatCompletions package's interfaces have no index signature
export type ContentPart = { type: string; [field: string]: any };

/** What the assistant said. `ChatResult.message` is one of these, ready to append to the next request. */
export type AssistantMessage = {
  role: "assistant";
  content?: string | null | readonly ContentPart[] | undefined;
  /** The model's reasoning as text; sent back in the form that the endpoint asks for. */
  reasoning?: string | null | undefined;
  /** Opaque reasoning blocks (signatures among them); go back verbatim, and only to the provider that wrote them. */
  reasoning_details?: readonly unknown[] | undefined;
  /** Who wrote it: set by core, never sent. */
  provider?: string | undefined;
  // oxlint-disable-next-line typescript/no-explicit-any -- as ContentPart
  tool_calls?: readonly { id: string; type: string; [field: string]: any }[] | undefined;
  // oxlint-disable-next-line typescript/no-explicit-any -- as ContentPart
  [field: string]: any;
};

/** One message of a conversation, in the shape of OpenAI Chat Completions. */
export type Message =
  | {
      role: "system" | "developer" | "user" | "function";
      content: string | null | readonly ContentPart[];
      name?: string | undefined;
    }
  | AssistantMessage
  | { role: "tool"; tool_call_id: string; content: string | readonly ContentPart[] };

/** An OpenAI Chat Completions body; vendor parameters stand beside it under their wire names. */
export type ChatRequest<Id extends string = string> = {
  model: Id;
  messages: readonly Message[];
  temperature?: number | null | undefined;
  /** Tokens. */
  max_tokens?: number | null | undefined;
  stop?: string | readonly string[] | null | undefined;
  // oxlint-disable-next-line typescript/no-explicit-any -- every vendor has parameters of its own
  [parameter: string]: any;
};
