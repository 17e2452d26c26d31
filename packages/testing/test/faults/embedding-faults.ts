import type { EmbedRequest, EmbedResult } from "@llm-provider/core";
import type { Fault } from "./fault.ts";
import { withDefinition, withProvider, type Wrap } from "./wrap.ts";

function withEmbed(
  request: (request: EmbedRequest) => EmbedRequest,
  result: (result: EmbedResult) => EmbedResult = (same) => same,
): Wrap {
  return withProvider((provider) => ({
    ...provider,
    embed: async (asked, options) => result(await provider.embed(request(asked), options)),
  }));
}

export const embeddingFaults: readonly Fault[] = [
  {
    id: "dimensions-lost",
    does: "asks for vectors of another length than the caller",
    caughtBy: "sends-embedding-requests",
    wrap: withEmbed((request) => {
      const { dimensions: _, ...rest } = request;
      return rest;
    }),
  },
  {
    id: "vectors-as-they-came",
    does: "gives the vectors of several texts in the order in which they came",
    caughtBy: "keeps-embedding-order",
    wrap: withEmbed(
      (request) => request,
      (result) => ({ ...result, embeddings: result.embeddings.toReversed() }),
    ),
  },
  {
    id: "embeddings-in-one",
    does: "sends all texts at once, however many the endpoint takes",
    caughtBy: "splits-embeddings",
    wrap: withDefinition((definition) => ({ ...definition, embeddings: { maxInputs: 1000, source: "chat" } })),
  },
  {
    id: "usage-of-the-last",
    does: "counts the tokens of the last request alone",
    caughtBy: "adds-up-embedding-usage",
    wrap: withEmbed(
      (request) => request,
      (result) => ({ ...result, usage: { inputTokens: 6 } }),
    ),
  },
  {
    id: "embeddings-tried",
    does: "asks for vectors where the endpoint has none",
    caughtBy: "refuses-embeddings",
    in: "bolt",
    wrap: withDefinition((definition) => ({
      ...definition,
      embeddings: { maxInputs: 1, source: ["https://bolt.test/chat", "2026-11-22"] },
    })),
  },
];
