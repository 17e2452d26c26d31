import type { ChatRequest, Message } from "@llm-provider/core";

/** The most ids that are remembered. One takes about 200 bytes. */
const mostIds = 20_000;
/** The most characters of a remembered id. */
const longestId = 256;
/** An author that is no provider's id, so that fields for the author alone are left out. */
const nobody = "another";

/**
 * Remembers which target wrote a message, by the ids of its tool calls and its answer. A caller sends a conversation back without
 * the authors, and only their own provider accepts signatures. The oldest ids are forgotten first.
 */
export class AuthorMemory {
  readonly #authors = new Map<string, string | undefined>();

  /** Notes the target that wrote this id. An id that two targets used proves nothing. */
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

  /** The messages for this target: its own are marked with its id, all others as foreign. */
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
