import type { EmbeddingModel } from "./store.ts";

/** Can vectors of the two be compared? */
export function isSameModel(one: EmbeddingModel, two: EmbeddingModel): boolean {
  return one.name === two.name && one.dimensions === two.dimensions;
}
