import type { EmbedResult } from "../chat/embed-request.ts";
import type { Dialect } from "../chat/dialect.ts";
import type { Json, JsonObject } from "../json.ts";
import { objectsIn } from "./read-reasoning.ts";
import { readPath } from "../read-path.ts";

/** `/embeddings` beside Chat Completions: `{ data: [{ index, embedding }], model, usage: { prompt_tokens } }`. */
export const embeddings: NonNullable<Dialect["embeddings"]> = {
  path: "/embeddings",
  encode: (request) => request as JsonObject,
  decode,
};

function decode(body: Json): Omit<EmbedResult, "changes" | "response"> {
  const data = readPath(body, "data");
  if (!Array.isArray(data)) throw new Error("The answer has no list `data` of embeddings.");
  const vectors: number[][] = [];
  for (const [position, { index, embedding }] of objectsIn(data).entries())
    vectors[typeof index === "number" ? index : position] = embedding as unknown as number[];
  const model = readPath(body, "model");
  const tokens = readPath(body, "usage.prompt_tokens") ?? readPath(body, "usage.total_tokens");
  const cost = readPath(body, "usage.cost");
  return {
    embeddings: vectors,
    ...(typeof model === "string" && { model }),
    ...(typeof tokens === "number" && {
      usage: { inputTokens: tokens, ...(typeof cost === "number" && { cost }) },
    }),
  };
}
