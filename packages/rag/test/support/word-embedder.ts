import { createHash } from "node:crypto";
import type { Embedder } from "../../src/ingest/create-embedder.ts";

const dimensions = 512;

/** A vector of a text's words: texts that share words are near each other. */
export function wordVector(text: string): number[] {
  const vector = Array.from({ length: dimensions }, () => 0.001);
  for (const word of text.toLowerCase().match(/\p{L}+/gu) ?? []) {
    const at = createHash("sha256").update(word).digest().readUInt16BE() % dimensions;
    vector[at] = vector[at]! + 1;
  }
  return vector;
}

/** An embedder without an endpoint. It records the texts that it is given. */
export function wordEmbedder(name = "test:words"): Embedder & { asked: string[]; questions: string[] } {
  const [asked, questions]: [string[], string[]] = [[], []];
  return {
    name,
    batchSize: 4,
    asked,
    questions,
    model: async () => ({ name, dimensions }),
    async embedPassages(texts) {
      asked.push(...texts);
      return { embeddings: texts.map(wordVector), usage: { inputTokens: texts.length, cost: texts.length / 1000 } };
    },
    async embedQuestion(text) {
      questions.push(text);
      return wordVector(text);
    },
  };
}
