import type { AIMessageChunk } from "@langchain/core/messages";

type Chunks<Of> = Of extends readonly AIMessageChunk[] ? AIMessageChunk : Promise<AIMessageChunk>;

/** Joins all chunks of an answer. */
export function joined<Of extends readonly AIMessageChunk[] | AsyncIterable<AIMessageChunk>>(chunks: Of): Chunks<Of> {
  const join = (all: readonly AIMessageChunk[]): AIMessageChunk => all.reduce((before, chunk) => before.concat(chunk));
  if (Array.isArray(chunks)) return join(chunks) as Chunks<Of>;
  const read = async (): Promise<AIMessageChunk> => {
    const all: AIMessageChunk[] = [];
    for await (const chunk of chunks as AsyncIterable<AIMessageChunk>) all.push(chunk);
    return join(all);
  };
  return read() as Chunks<Of>;
}
