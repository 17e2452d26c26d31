import type { ChatEvent, ChatResult, FinishReason, Usage } from "@llm-provider/core";

/** The fields that every chunk of an answer repeats. */
export interface ChunkFacts {
  readonly id: string;
  /** The answering model. */
  readonly model: string;
  /** Seconds since 1970. */
  readonly created: number;
  /** Whether the caller asked for token counts. */
  readonly hasUsage: boolean;
}

/**
 * Writes events as chunks in OpenAI's stream format. All chunks share one frame around different deltas, so the frame is
 * encoded to bytes once. Encoding it for each of hundreds of chunks, some with an emoji, took a third of a stream's time.
 */
export class ChunkWriter {
  readonly #head: Buffer;
  readonly #tail: Buffer;
  /** The same frame, extended to wrap the text of a `content` delta: nearly all chunks are such deltas. */
  readonly #textHead: Buffer;
  readonly #textTail: Buffer;
  readonly #facts: ChunkFacts;
  #bytes: Buffer = Buffer.alloc(0);
  #length = 0;
  #images = 0;
  #custom: ReadonlySet<number> = new Set();

  constructor(facts: ChunkFacts) {
    const { id, model, created, hasUsage } = facts;
    const frame = { id, object: "chat.completion.chunk", created, model };
    this.#facts = facts;
    this.#head = Buffer.from(`data: ${JSON.stringify(frame).slice(0, -1)},"choices":[{"index":0,"delta":`);
    this.#textHead = Buffer.concat([this.#head, Buffer.from('{"content":')]);
    // Like OpenAI, `usage` is null in every chunk but the last, which has the counts.
    this.#tail = Buffer.from(`,"logprobs":null,"finish_reason":null}]${hasUsage ? ',"usage":null' : ""}}\n\n`);
    this.#textTail = Buffer.concat([Buffer.from("}"), this.#tail]);
  }

  /** Returns the first chunk. */
  begin(): Buffer {
    this.#frame('{"role":"assistant","content":""}');
    return this.#take();
  }

  /** Returns the chunks for these events. `finish` gets no chunk here: `end` writes it. */
  write(events: readonly ChatEvent[]): Buffer {
    // 32 bytes of text per event are enough for most events.
    this.#reserve(events.length * (this.#textHead.length + this.#textTail.length + 32));
    for (const event of events) this.#chunk(event);
    return this.#take();
  }

  #chunk(event: ChatEvent): void {
    switch (event.type) {
      case "text":
        if (event.refusal) return this.#frame(`{"refusal":${JSON.stringify(event.text)}}`);
        return this.#frame(JSON.stringify(event.text), this.#textHead, this.#textTail);
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
        if (toolCall.extra) this.#frame(JSON.stringify({ tool_calls: [{ index, ...toolCall.extra }] }));
        return;
      }
      case "image": {
        const image = { type: "image_url", image_url: { url: event.url }, index: this.#images++ };
        return this.#frame(JSON.stringify({ images: [image] }));
      }
      default:
    }
  }

  /** Returns the last chunks: the reasoning details, the finish reason, the token counts if requested, and `[DONE]`. */
  end({ finishReason, rawFinishReason, usage, message }: ChatResult): Buffer {
    const { id, model, created, hasUsage } = this.#facts;
    if (message.reasoning_details?.length)
      this.#frame(JSON.stringify({ reasoning_details: message.reasoning_details }));
    const reason = toFinishReason(finishReason, rawFinishReason);
    const tail = this.#tail.toString().replace('"finish_reason":null', `"finish_reason":"${reason}"`);
    const frame = { id, object: "chat.completion.chunk", created, model, choices: [] };
    const told = usage ? { ...toUsage(usage), ...(usage.totalTokens > 0 && { cost: usage.cost }) } : null;
    const counts = hasUsage ? `data: ${JSON.stringify({ ...frame, usage: told })}\n\n` : "";
    return Buffer.concat([this.#take(), this.#head, Buffer.from(`{}${tail}${counts}data: [DONE]\n\n`)]);
  }

  #frame(delta: string, head: Buffer = this.#head, tail: Buffer = this.#tail): void {
    // Each UTF-16 code unit takes at most three bytes in UTF-8.
    this.#reserve(head.length + 3 * delta.length + tail.length);
    const bytes = this.#bytes;
    bytes.set(head, this.#length);
    this.#length += head.length;
    this.#length += bytes.write(delta, this.#length);
    bytes.set(tail, this.#length);
    this.#length += tail.length;
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(this.#length + count + (this.#length >> 1));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }

  #take(): Buffer {
    const taken = this.#bytes.subarray(0, this.#length);
    this.#bytes = this.#bytes.subarray(this.#length);
    this.#length = 0;
    return taken;
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

/** Returns a finish reason that OpenAI's clients know. */
export function toFinishReason(reason: FinishReason, raw: string | undefined): string {
  return reason === "other" && raw === "function_call" ? raw : finishReasons[reason];
}

/** Converts token counts to OpenAI's format. */
export function toUsage({ inputTokens, outputTokens, totalTokens, cachedInputTokens, reasoningTokens }: Usage): object {
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: totalTokens,
    ...(cachedInputTokens !== undefined && { prompt_tokens_details: { cached_tokens: cachedInputTokens } }),
    ...(reasoningTokens !== undefined && { completion_tokens_details: { reasoning_tokens: reasoningTokens } }),
  };
}
