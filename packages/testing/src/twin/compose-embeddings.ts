import { createHash } from "node:crypto";
import type { Definition, JsonObject } from "@llm-provider/core";
import type { Refusal } from "./refusal.ts";
import type { Embeddings, Wire } from "../wire/wire.ts";

/** The default length of a vector. */
const usualDimensions = 64;

/** Vectors for the texts of a request, or why it is refused. The same text always gets the same vector. */
export function composeEmbeddings({ embeddings }: Definition, wire: Wire, body: JsonObject): Embeddings | Refusal {
  const { model, input, dimensions = usualDimensions } = wire.readEmbeddings!(body);
  const refuse = (parameter: string, message: string): Refusal => ({ code: "invalid-request", parameter, message });
  if (typeof model !== "string" || model === "") return refuse("model", "you must provide a model parameter");
  if (input.length === 0 || !input.every((text) => typeof text === "string"))
    return refuse("input", "'input' must be a text or a list of texts");
  if (embeddings && input.length > embeddings.maxInputs)
    return refuse("input", `'input' has ${input.length} texts, and ${embeddings.maxInputs} are allowed`);
  if (!Number.isInteger(dimensions) || dimensions < 1 || dimensions > 4096)
    return refuse("dimensions", "'dimensions' must be a whole number from 1 to 4096");
  return {
    model,
    embeddings: input.map((text) => unitVector(text, dimensions)),
    tokens: input.reduce((total, text) => total + Math.ceil(text.length / 4), 0),
  };
}

function unitVector(text: string, dimensions: number): number[] {
  const values: number[] = [];
  for (let block = 0; values.length < dimensions; block++)
    for (const byte of createHash("sha256").update(`${block} ${text}`).digest()) values.push(byte - 127.5);
  values.length = dimensions;
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
}
