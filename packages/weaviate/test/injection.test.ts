import { parse, valueFromASTUntyped, visit } from "graphql";
import { weaviate } from "@llm-provider/weaviate";
import { startWeaviateTwin } from "@llm-provider/weaviate/twin";
import { expect, test } from "vitest";
import { toGraphql, type WireSearch } from "../src/search/to-graphql.ts";

const canary = "wv-canary-7c1e93d0a5b84f26";
const base: WireSearch = { collection: "Article", properties: ["title"], query: "tea", mode: "bm25", limit: 5 };

/** Reads the fields of a query, and the values of its arguments. */
function read(text: string): { fields: string[]; values: { [name: string]: unknown } } {
  const fields: string[] = [];
  const values: { [name: string]: unknown } = {};
  visit(parse(text), {
    Field: ({ name }) => void fields.push(name.value),
    Argument: ({ name, value }) => void (values[name.value] = valueFromASTUntyped(value)),
  });
  return { fields, values };
}

const attacks = [
  '"',
  '\\"',
  '"""',
  "\\",
  '"}}) { title } Secret(bm25: {query: "x"}) { text',
  '"}, limit: 100000) { title _additional { vector } } }#',
  "'; DROP",
  "\n}\n{ Get { Secret { text } } }",
  "$variable",
  "\u0000\u0001\u001f\u007f",
  "\u2028\u2029\uFEFF",
  "\\u0022}",
  "😀 \uD800 end",
  "# comment",
  "...on Secret { text }",
  "{{mustache}} ${TEMPLATE}",
];

test.each(attacks)("no query can leave its literal: %j", (query) => {
  const where = { operator: "Equal", path: ["title"], valueText: query };
  const { fields, values } = read(toGraphql({ ...base, query, where, tenant: "A" }));
  expect(fields).toEqual(["Get", "Article", "title", "_additional", "id", "score"]);
  expect(Object.keys(values)).toEqual(["bm25", "where", "tenant", "limit"]);
  const sent = query.replace("\uD800", "\uFFFD");
  expect(values).toMatchObject({
    bm25: { query: sent },
    where: { operator: "Equal", path: ["title"], valueText: sent },
    limit: 5,
  });
});

test("a thousand random texts arrive unchanged", () => {
  let seed = 7;
  const next = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
  const letters = [...'"\\{}()[]:,#$\n\r\t\u0000\u0007é漢😀 abc'];
  for (let round = 0; round < 1000; round++) {
    const query = Array.from({ length: 1 + next(30) }, () => letters[next(letters.length)]).join("");
    expect(read(toGraphql({ ...base, query })).values).toMatchObject({ bm25: { query } });
  }
});

test.each(["Article { x", "article-x", "", "A\n", "Ä", 'A"', "__proto__ "])(
  "the invalid name %j is refused",
  (name) => {
    expect(() => toGraphql({ ...base, collection: name })).toThrow(TypeError);
    expect(() => toGraphql({ ...base, properties: ["title", name] })).toThrow(TypeError);
    expect(() => toGraphql({ ...base, where: { operator: name, path: ["x"], valueInt: 1 } })).toThrow(TypeError);
    expect(() => toGraphql({ ...base, where: { operator: "Equal", path: ["x"], [name]: 1 } })).toThrow(TypeError);
  },
);

test.each([Number.NaN, Infinity])("a vector with %j is not sent", (number) => {
  expect(() => toGraphql({ ...base, mode: "vector", vector: [1, number] })).toThrow(TypeError);
});

test("a hybrid search has a vector, a weight and a target, and a search by vector alone requests the distance", () => {
  const hybrid = read(
    toGraphql({ ...base, mode: "hybrid", alpha: 0.25, vector: [0.5, -1e-7], target: "title_vector" }),
  );
  expect(hybrid.values["hybrid"]).toEqual({
    query: "tea",
    alpha: 0.25,
    vector: [0.5, -1e-7],
    targetVectors: ["title_vector"],
  });
  const vector = read(toGraphql({ ...base, mode: "vector", vector: [1, 0] }));
  expect(vector.values["nearVector"]).toEqual({ vector: [1, 0] });
  expect(vector.fields.at(-1)).toBe("distance");
});

test.each([
  [{ query: "x", collection: 'A { x } }"' }],
  [{ query: "x", collection: "../meta" }],
  [{ query: "x", collection: "article" }],
  [{ query: "x", tenant: 'a"' }],
  [{ query: "x", filters: [{ property: 'title"', operator: "Equal", value: 1 }] }],
  [{ query: "x", filters: [{ property: "title", operator: "Or", value: 1 }] }],
])("%j is refused before any request", async (input) => {
  const sent: string[] = [];
  const fetch = (url: string): Promise<Response> => {
    sent.push(url);
    return Promise.reject(new Error("no request is expected"));
  };
  await expect(weaviate({ apiKey: canary, fetch }).execute(input)).rejects.toMatchObject({ code: "tool-call-invalid" });
  expect(sent).toEqual([]);
});

test("a server cannot put names into a query either, and the key is removed from its answers", async () => {
  const properties = [
    { name: "title", dataType: ["text"] },
    { name: "x } } Secret { y", dataType: ["text"] },
    { name: "ref", dataType: ["Secret"] },
    { name: "odd", dataType: ["text } }"] },
    { name: `k_${"a"}`, dataType: ["text"] },
  ];
  const twin = await startWeaviateTwin({
    restSearch: false,
    answer: ({ path, body }) => {
      if (path.startsWith("/v1/schema"))
        return {
          status: 200,
          body: {
            classes: [
              { class: "Article", properties },
              { class: "B } }", properties },
            ],
          },
        };
      if (path === "/v1/graphql")
        return {
          status: 200,
          body: {
            data: {
              Get: {
                Article: [{ title: `key ${canary} ${String(body["query"]).length}`, _additional: { id: canary } }],
              },
            },
          },
        };
      return undefined;
    },
  });
  try {
    const tool = weaviate({ baseURL: twin.url, apiKey: canary });
    const text = await tool.call('{"query":"tea"}');
    expect(text).toContain("key [redacted]");
    expect(text).not.toContain(canary.slice(0, 14));
    const sent = String(twin.requests.at(-1)!.body["query"]);
    expect(read(sent).fields).toEqual(["Get", "Article", "title", "k_a", "_additional", "id", "score"]);
  } finally {
    await twin.close();
  }
});
