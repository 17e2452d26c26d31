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
    does: "requests vectors of another length than the caller",
    caughtBy: "sends-embedding-requests",
    wrap: withEmbed((request) => {
      const { dimensions: _, ...rest } = request;
      return rest;
    }),
  },
  {
    id: "vectors-as-they-came",
    does: "gives the vectors of several texts in the order of arrival",
    caughtBy: "keeps-embedding-order",
    wrap: withEmbed(
      (request) => request,
      (result) => ({ ...result, embeddings: result.embeddings.toReversed() }),
    ),
  },
  {
    id: "embeddings-in-one",
    does: "sends all texts at once, whatever the endpoint's limit",
    caughtBy: "splits-embeddings",
    wrap: withDefinition((definition) => ({ ...definition, embeddings: { maxInputs: 1000, source: "chat" } })),
  },
  {
    id: "usage-of-the-last",
    does: "counts only the tokens of the last request",
    caughtBy: "adds-up-embedding-usage",
    wrap: withEmbed(
      (request) => request,
      (result) => ({ ...result, usage: { inputTokens: 6 } }),
    ),
  },
  {
    id: "embeddings-tried",
    does: "requests vectors although the endpoint has none",
    caughtBy: "refuses-embeddings",
    in: "bolt",
    wrap: withDefinition((definition) => ({
      ...definition,
      embeddings: { maxInputs: 1, source: ["https://bolt.test/chat", "2026-11-22"] },
    })),
  },
];
