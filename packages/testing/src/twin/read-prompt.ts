import type { ChatRequest, Message } from "@llm-provider/core";

/** What a twin understands of a conversation. */
export type Prompt = {
  /** The last message of the user. */
  readonly text: string;
  /** Texts of the tool messages at the end, where that is what it ends with. */
  readonly toolResults: readonly string[];
  /** What stands in quotes, else the names in the text: Paris, Rome. */
  readonly words: readonly string[];
};

export function readPrompt(request: ChatRequest): Prompt {
  const text = textOf(request.messages.findLast((message) => message.role === "user"));
  const tail = request.messages.slice(request.messages.findLastIndex((message) => message.role !== "tool") + 1);
  const quoted = [...text.matchAll(/["“]([^"”]+)["”]/g)].map((match) => match[1]!);
  // A word with a capital that does not open a sentence is a name.
  const names = [...text.matchAll(/(?<![.?!:]\s|^)\b\p{Lu}\p{Ll}+(?:\s\p{Lu}\p{Ll}+)*/gu)].map((match) => match[0]);
  return { text, toolResults: tail.map(textOf), words: [...new Set(quoted.length > 0 ? quoted : names)] };
}

function textOf(message: Message | undefined): string {
  const content = message?.content;
  if (typeof content === "string") return content;
  return (content ?? []).map((part) => (typeof part["text"] === "string" ? part["text"] : "")).join("");
}
