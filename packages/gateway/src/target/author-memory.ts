import type { ChatRequest, Message } from "@llm-provider/core";

/** The maximum number of remembered ids. Each takes about 200 bytes. */
const mostIds = 20_000;
/** The maximum length of a remembered id, in characters. */
const longestId = 256;
/** An author that matches no provider, so that fields meant only for the author are left out. */
const nobody = "another";

/**
 * Remembers which target wrote a message, by the ids of the message and its tool calls. Callers send a conversation back
 * without its authors, but a provider accepts only signatures of its own. The oldest ids are forgotten first.
 */
export class AuthorMemory {
  readonly #authors = new Map<string, string | undefined>();

  /** Records the target that wrote this id. If two targets used the same id, the author is unknown. */
  note(client: string | undefined, id: string, target: string): void {
    if (id === "" || id.length > longestId) return;
    const key = keyOf(client, id);
    const author = this.#authors.has(key) && this.#authors.get(key) !== target ? undefined : target;
    this.#authors.delete(key);
    this.#authors.set(key, author);
    if (this.#authors.size > mostIds) this.#authors.delete(this.#authors.keys().next().value!);
  }

  get size(): number {
    return this.#authors.size;
  }

  /** Returns the messages with their authors: the provider's id if this target wrote them, otherwise another author. */
  mark(client: string | undefined, messages: ChatRequest["messages"], target: string, provider: string): Message[] {
    return messages.map((message) => {
      if (message?.role !== "assistant") return message;
      return { ...message, provider: this.#authorOf(client, message) === target ? provider : nobody };
    });
  }

  #authorOf(client: string | undefined, message: Message & { role: "assistant" }): string | undefined {
    const calls: readonly unknown[] = Array.isArray(message.tool_calls) ? message.tool_calls : [];
    const ids = [...calls.map((call) => (call as { id?: unknown } | null)?.id), message["id"]];
    const authors = ids.flatMap((id) => (typeof id === "string" ? [this.#authors.get(keyOf(client, id))] : []));
    return authors.every((author) => author === authors[0]) ? authors[0] : undefined;
  }
}

function keyOf(client: string | undefined, id: string): string {
  return `${client ?? ""}\n${id}`;
}
