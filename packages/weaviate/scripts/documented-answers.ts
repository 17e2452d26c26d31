// Answers in the form that Weaviate's pages and published specification document, with our own contents. All were read on 2026-11-29; the
// specification and the sources in the snapshot of 2026-08-20.
import type { JsonObject } from "@llm-provider/core";

export interface DocumentedRun {
  /** The page that shows the last answer. */
  readonly source: string;
  readonly asked: JsonObject;
  /** In the order of the requests. */
  readonly answers: readonly { readonly status?: number; readonly body: object | "" }[];
}

const sources = "https://github.com/weaviate/weaviate/blob/adcffc5432aa797c60e3c4e479514054254fae2a";
const specification = `${sources}/openapi-specs/schema.json`;
const asked = { query: "brewing tea", collection: "Article" };

const text = (name: string): object => ({
  name,
  dataType: ["text"],
  indexFilterable: true,
  indexSearchable: true,
  tokenization: "word",
});
const article = {
  class: "Article",
  properties: [text("title"), text("content"), { name: "wordCount", dataType: ["int"], indexFilterable: true }],
  vectorizer: "text2vec-openai",
  moduleConfig: { "text2vec-openai": { vectorizeClassName: true } },
  multiTenancyConfig: { enabled: false },
};
const named = {
  class: "Article",
  properties: [text("title"), text("content")],
  vectorConfig: { content: { vectorizer: { "text2vec-transformers": {} }, vectorIndexType: "hnsw" } },
  multiTenancyConfig: { enabled: true },
};
const refused = (message: string): object => ({ error: [{ message }] });
const withoutRest = { status: 404, body: { code: 404, message: "path /v1/search/Article/hybrid was not found" } };

export const documentedRuns: { readonly [scenario: string]: DocumentedRun } = {
  "hybrid-rest": {
    source: specification,
    asked: { ...asked, limit: 2, alpha: 0.5, filters: [{ property: "wordCount", operator: "GreaterThan", value: 10 }] },
    answers: [
      { body: article },
      {
        body: {
          results: [
            {
              id: "73f2eb5f-5abf-447a-81ca-74b1dd168247",
              properties: { title: "Green tea", content: "Water of 80 °C, two minutes.", wordCount: 12 },
              metadata: { score: 0.8125 },
            },
            {
              id: "9e26e4e1-2c7b-4f0c-8d3a-0b1c2d3e4f50",
              properties: { title: "Black tea", content: "Boiling water, five minutes.", wordCount: 11 },
              metadata: { score: 0.25 },
            },
          ],
          tookMs: 8,
        },
      },
    ],
  },
  "tenant-rest": {
    source: specification,
    asked: { ...asked, tenant: "tenantA" },
    answers: [{ body: named }, { body: { results: [], tookMs: 1 } }],
  },
  "hybrid-graphql": {
    source: "https://docs.weaviate.io/weaviate/api/graphql/search-operators",
    asked,
    answers: [
      { body: article },
      withoutRest,
      {
        body: {
          data: {
            Get: {
              Article: [
                {
                  _additional: { id: "73f2eb5f-5abf-447a-81ca-74b1dd168247", score: "0.016393442" },
                  title: "Green tea",
                  content: "Water of 80 °C, two minutes.",
                  wordCount: 12,
                },
              ],
            },
          },
        },
      },
    ],
  },
  "where-graphql": {
    source: "https://docs.weaviate.io/weaviate/api/graphql/filters",
    asked: {
      ...asked,
      alpha: 0,
      filters: [
        { property: "wordCount", operator: "GreaterThan", value: 1000 },
        { property: "title", operator: "ContainsAny", value: ["green", "black"] },
      ],
    },
    answers: [{ body: article }, withoutRest, { body: { data: { Get: { Article: [] } } } }],
  },
  "errors-in-200": {
    source: "https://docs.weaviate.io/weaviate/api/graphql",
    asked,
    answers: [
      { body: article },
      withoutRest,
      {
        body: {
          data: { Get: { Article: null } },
          errors: [
            {
              locations: [{ column: 3, line: 1 }],
              message: "explorer: get class: vectorize params: remote client vectorize: API Key: no api key found",
              path: ["Get", "Article"],
            },
          ],
        },
      },
    ],
  },
  "graphql-disabled": {
    source: "https://docs.weaviate.io/weaviate/api/graphql/migration",
    asked,
    answers: [{ body: article }, withoutRest, { status: 422, body: refused("graphql api is disabled") }],
  },
  "anonymous-refused": {
    source: `${sources}/usecases/auth/authentication/anonymous/middleware.go`,
    asked,
    answers: [
      {
        status: 401,
        body: {
          code: 401,
          message: "anonymous access not enabled. Please authenticate through one of the available methods: [API-keys]",
        },
      },
    ],
  },
  forbidden: {
    source: specification,
    asked,
    answers: [{ body: article }, { status: 403, body: refused("forbidden") }],
  },
  "no-collection": {
    source: specification,
    asked: { ...asked, collection: "Artikel" },
    answers: [{ status: 404, body: "" }, { body: { classes: [article] } }],
  },
  "vectorizer-failed": {
    source: specification,
    asked,
    answers: [{ body: article }, { status: 502, body: refused("vectorize query: the embedding provider failed") }],
  },
  "rate-limit": {
    source: specification,
    asked,
    answers: [{ body: article }, { status: 429, body: refused("429 Too many requests") }],
  },
};
