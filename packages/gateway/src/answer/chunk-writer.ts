import type { ChatEvent, ChatResult, FinishReason, Usage } from "@llm-provider/core";

/** What every chunk of an answer says. */
export interface ChunkFacts {
  readonly id: string;
  /** The model that answers. */
  readonly model: string;
  /** Seconds since 1970. */
  readonly created: number;
  /** The caller asked for token counts. */
  readonly hasUsage: boolean;
}

/**
 * Writes events as the chunks of OpenAI's stream. Each chunk is the same frame around another delta, so the frame is made once
 * and a text costs one `JSON.stringify`.
 */
export class ChunkWriter {
  readonly #head: string;
  readonly #tail: string;
  readonly #facts: ChunkFacts;
  #images = 0;
  #custom: ReadonlySet<number> = new Set();

  constructor(facts: ChunkFacts) {
    const { id, model, created, hasUsage } = facts;
    const frame = { id, object: "chat.completion.chunk", created, model };
    this.#facts = facts;
    this.#head = `data: ${JSON.stringify(frame).slice(0, -1)},"choices":[{"index":0,"delta":`;
    // As OpenAI does: null until the last chunk, which has the counts.
    this.#tail = `,"logprobs":null,"finish_reason":null}]${hasUsage ? ',"usage":null' : ""}}\n\n`;
  }

  /** The first chunk. */
  begin(): string {
    return this.#frame('{"role":"assistant","content":""}');
  }

  /** The chunks of these events, `finish` left out. */
  write(events: readonly ChatEvent[]): string {
    let text = "";
    for (const event of events) text += this.#chunk(event);
    return text;
  }

  #chunk(event: ChatEvent): string {
    switch (event.type) {
      case "text":
        return this.#frame(`{"${event.refusal ? "refusal" : "content"}":${JSON.stringify(event.text)}}`);
      case "reasoning":
        return this.#frame(`{"reasoning_content":${JSON.stringify(event.text)}}`);
      case "tool-call-delta": {
        const { index, arguments: piece } = event;
        const [field, name] = this.#custom.has(index) ? ["custom", "input"] : ["function", "arguments"];
        return this.#frame(`{"tool_calls":[{"index":${index},"${field}":{"${name}":${JSON.stringify(piece)}}}]}`);
      }
      case "tool-call-start": {
        const { index, id, name, kind } = event;
        if (kind === "custom") this.#custom = new Set([...this.#custom, index]);
        const call =
          kind === "custom"
            ? { type: "custom", custom: { name, input: "" } }
            : { type: "function", function: { name, arguments: "" } };
        return this.#frame(JSON.stringify({ tool_calls: [{ index, id, ...call }] }));
      }
      case "tool-call": {
        const { index, toolCall } = event;
        return toolCall.extra ? this.#frame(JSON.stringify({ tool_calls: [{ index, ...toolCall.extra }] })) : "";
      }
      case "image": {
        const image = { type: "image_url", image_url: { url: event.url }, index: this.#images++ };
        return this.#frame(JSON.stringify({ images: [image] }));
      }
      default:
        return "";
    }
  }

  /** The last chunks: what goes back verbatim, the finish reason, the counts where they were asked for, and the end mark. */
  end({ finishReason, rawFinishReason, usage, message }: ChatResult): string {
    const { id, model, created, hasUsage } = this.#facts;
    const details = message.reasoning_details?.length
      ? this.#frame(JSON.stringify({ reasoning_details: message.reasoning_details }))
      : "";
    const reason = toFinishReason(finishReason, rawFinishReason);
    const finish = `${this.#head}{}${this.#tail.replace('"finish_reason":null', `"finish_reason":"${reason}"`)}`;
    const frame = { id, object: "chat.completion.chunk", created, model, choices: [] };
    const usageText = usage ? { ...toUsage(usage), ...(usage.totalTokens > 0 && { cost: usage.cost }) } : null;
    const counts = hasUsage ? `data: ${JSON.stringify({ ...frame, usage: usageText })}\n\n` : "";
    return `${details}${finish}${counts}data: [DONE]\n\n`;
  }

  #frame(delta: string): string {
    return this.#head + delta + this.#tail;
  }
}

const finishReasons: { readonly [reason in FinishReason]: string } = {
  stop: "stop",
  length: "length",
  "tool-calls": "tool_calls",
  "content-filter": "content_filter",
  error: "stop",
  other: "stop",
};

/** One of the words that OpenAI's clients know. */
export function toFinishReason(reason: FinishReason, raw: string | undefined): string {
  return reason === "other" && raw === "function_call" ? raw : finishReasons[reason];
}

/** Token counts as OpenAI writes them. */
export function toUsage({ inputTokens, outputTokens, totalTokens, cachedInputTokens, reasoningTokens }: Usage): object {
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: totalTokens,
    ...(cachedInputTokens !== undefined && { prompt_tokens_details: { cached_tokens: cachedInputTokens } }),
    ...(reasoningTokens !== undefined && { completion_tokens_details: { reasoning_tokens: reasoningTokens } }),
  };
}
