import type { Change, ChatResult } from "./chat-result.ts";

/** Texts to turn into vectors. Vendor parameters are written beside them under their wire names. */
export interface EmbedRequest<Id extends string = string> {
  model: Id;
  /** One text or several. Core splits a list that is longer than the endpoint takes at once. */
  input: string | readonly string[];
  /** The length of the vectors, for models that support several. */
  dimensions?: number;
  [parameter: string]: unknown;
}

/** A vector for each text, in the order of the texts. */
export interface EmbedResult {
  embeddings: number[][];
  /** The model that answered. */
  model?: string;
  /** Tokens of all requests together; US dollars only if the price is unambiguous. */
  usage?: { inputTokens: number; cost?: number };
  changes: Change[];
  /** The last HTTP answer. */
  response: ChatResult["response"];
}
