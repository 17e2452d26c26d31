import { get } from "node:http";
import { startWeaviateTwin, type WeaviateTwin, type WeaviateTwinOptions } from "@llm-provider/weaviate/twin";
import { afterEach, expect, test } from "vitest";

// oxlint-disable-next-line typescript/no-explicit-any -- parsed JSON
type Parsed = any;

const open: WeaviateTwin[] = [];
afterEach(() => Promise.all(open.splice(0).map((twin) => twin.close())));

async function start(options: WeaviateTwinOptions = {}): Promise<WeaviateTwin> {
  const twin = await startWeaviateTwin(options);
  open.push(twin);
  return twin;
}

async function ask(
  twin: WeaviateTwin,
  path: string,
  body?: object,
  key?: string,
): Promise<{ status: number; json: Parsed }> {
  const response = await fetch(twin.url + path, {
    method: body ? "POST" : "GET",
    headers: { "content-type": "application/json", ...(key && { authorization: `Bearer ${key}` }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, json: text === "" ? undefined : JSON.parse(text) };
}

const graphql = (twin: WeaviateTwin, query: string, variables?: object) =>
  ask(twin, "/v1/graphql", { query, ...(variables && { variables }) });

/** `rare` is in one document, `common` in three of different lengths. */
const documents = [
  { properties: { title: "a", text: "rare common common filler filler filler" } },
  { properties: { title: "b", text: "common" } },
  { properties: { title: "c", text: "common and much longer text about something else entirely, with many words" } },
  { properties: { title: "d", text: "nothing of it" } },
];

test("BM25 ranks rare words above common ones, and short texts above long ones", async () => {
  const twin = await start({ collections: { Doc: documents } });
  const find = async (query: string): Promise<string[]> => {
    const { json } = await ask(twin, "/v1/search/Doc/bm25", { query, returnMetadata: ["score"] });
    return json.results.map((one: Parsed) => one.properties.title);
  };
  expect(await find("rare")).toEqual(["a"]);
  expect(await find("rare common")).toEqual(["a", "b", "c"]);
  expect((await find("common")).indexOf("b")).toBeLessThan((await find("common")).indexOf("c"));
  // Case and punctuation make no difference, stop words are ignored, and words are not stemmed.
  expect(await find("THE Rare!")).toEqual(["a"]);
  expect(await find("the of and it")).toEqual([]);
  expect(await find("commons")).toEqual([]);
});

test("BM25 scores follow the formula", async () => {
  const twin = await start({
    collections: { Doc: [{ properties: { text: "x y" } }, { properties: { text: "a1 b1 c1 d1" } }] },
  });
  const { json } = await ask(twin, "/v1/search/Doc/bm25", { query: "x", returnMetadata: ["score"] });
  // idf = ln(1 + (N - n + 0.5) / (n + 0.5)); tf part with k1 1.2, b 0.75, length 2 of a mean of 3; lengths count each word once.
  const expected = Math.log(1 + 1.5 / 1.5) * ((1 * 2.2) / (1 + 1.2 * (0.25 + (0.75 * 2) / 3)));
  expect(json.results[0].metadata.score).toBeCloseTo(expected, 6);
});

// The table of docs.weaviate.io/weaviate/api/graphql/search-operators (2026-11-29), with our own scores.
test("a hybrid search weights both rankings by alpha, scaled to 0..1 or by rank", async () => {
  const at = (cosine: number): number[] => [cosine, Math.sqrt(1 - cosine * cosine)];
  const objects = [
    { properties: { title: "words", text: "needle" }, vector: at(0.2) },
    { properties: { title: "both", text: "needle in a haystack with more words" }, vector: at(0.6) },
    { properties: { title: "near", text: "thread" }, vector: at(1) },
  ];
  const twin = await start({ collections: { Doc: objects } });
  const find = async (more: string): Promise<[string, number][]> => {
    const { json } = await graphql(
      twin,
      `{ Get { Doc(hybrid: { query: "needle", vector: [1, 0], ${more} }) { title _additional { score } } } }`,
    );
    return json.data.Get.Doc.map((one: Parsed) => [one.title, Number(one["_additional"].score)]);
  };
  // Words: 1 and 0. Vectors: 0, 0.5 and 1.
  expect(await find("alpha: 0.75")).toEqual([
    ["near", expect.closeTo(0.75)],
    ["both", expect.closeTo(0.375)],
    ["words", expect.closeTo(0.25)],
  ]);
  expect((await find("alpha: 0.25"))[0]).toEqual(["words", expect.closeTo(0.75)]);
  expect((await find("alpha: 0")).map(([title]) => title)).toEqual(["words", "both"]);
  expect((await find("alpha: 1")).map(([title]) => title)).toEqual(["near", "both", "words"]);
  expect((await find("alpha: 0.5, fusionType: rankedFusion"))[0]).toEqual([
    "words",
    expect.closeTo(0.5 / 61 + 0.5 / 63, 8),
  ]);
});

test("nearVector sorts by cosine distance, and skips objects without a vector", async () => {
  const objects = [
    { properties: { title: "x" }, vector: [1, 0] },
    { properties: { title: "y" }, vector: [0, 2] },
    { properties: { title: "none" } },
  ];
  const twin = await start({ collections: { Doc: objects } });
  const { json } = await graphql(
    twin,
    "query Q($v: [Float!]) { Get { Doc(nearVector: { vector: $v }) { title _additional { distance certainty id } } } }",
    { v: [0, 1] },
  );
  expect(json.data.Get.Doc).toMatchObject([
    { title: "y", _additional: { distance: 0, certainty: 1 } },
    { title: "x", _additional: { distance: 1 } },
  ]);
});

test("a schema can be created, and objects can be loaded in a batch and found", async () => {
  const twin = await start();
  const schema = { class: "Doc", vectorizer: "none", properties: [{ name: "text", dataType: ["text"] }] };
  expect((await ask(twin, "/v1/schema", schema)).status).toBe(200);
  expect(await ask(twin, "/v1/schema", schema)).toMatchObject({
    status: 422,
    json: { error: [{ message: /exists/ }] },
  });
  const objects = [
    { class: "Doc", id: "73f2eb5f-5abf-447a-81ca-74b1dd168247", properties: { text: "found" }, vector: [1, 2] },
    { class: "Doc", properties: { text: "lost" }, tenant: "A" },
    { class: "Auto", properties: { name: "by itself", at: "2026-11-29T00:00:00Z", n: 1.5, ok: true } },
  ];
  const { json } = await ask(twin, "/v1/batch/objects", { objects });
  expect(json.map(({ result }: Parsed) => result.status)).toEqual(["SUCCESS", "FAILED", "SUCCESS"]);
  expect(json[1].result.errors.error[0].message).toContain("multi-tenancy disabled");
  const found = await ask(twin, "/v1/search/doc/bm25", { query: "found" });
  expect(found.json.results).toEqual([{ id: objects[0]!.id, properties: { text: "found" } }]);
  const auto = await ask(twin, "/v1/schema/Auto");
  expect(auto.json.properties.map(({ dataType }: Parsed) => dataType[0])).toEqual([
    "text",
    "date",
    "number",
    "boolean",
  ]);
  expect((await ask(twin, "/v1/schema")).json.classes.map((one: Parsed) => one.class)).toEqual(["Doc", "Auto"]);
  expect((await ask(twin, "/v1/meta")).json).toMatchObject({ version: "1.39.7", hostname: twin.url });
  expect((await ask(twin, "/v1/.well-known/ready")).status).toBe(200);
});

test("a twin with a key requires it, and never stores it", async () => {
  const key = "twin-canary-5b1d94c7";
  const twin = await start({ apiKey: key, collections: { Doc: documents } });
  for (const shown of [undefined, "wrong"])
    expect(await ask(twin, "/v1/schema", undefined, shown)).toMatchObject({ status: 401, json: { code: 401 } });
  expect((await ask(twin, "/v1/schema", undefined, key)).status).toBe(200);
  expect(twin.requests).toHaveLength(3);
  expect(JSON.stringify(twin.requests)).not.toContain(key.slice(0, 12));
});

test.for([
  ["/v1/search/Nothing/bm25", { query: "x" }, 404, "could not find collection Nothing in schema"],
  ["/v1/search/Doc/bm25", { query: "" }, 400, "query must not be empty"],
  ["/v1/search/Doc/bm25", {}, 422, "body.query in body is required"],
  ["/v1/search/Doc/bm25", { query: "x", groupBy: "title" }, 422, "groupBy is not yet supported"],
  ["/v1/search/Doc/bm25", { query: "x", queryProperties: ["year"] }, 422, "no searchable index"],
  ["/v1/search/Doc/bm25", { query: "x", tenant: "A" }, 422, "multi-tenancy disabled"],
  ["/v1/search/Doc/bm25", { query: "x", where: { operator: "Equal", path: ["no"], valueInt: 1 } }, 422, "no such prop"],
  ["/v1/search/Doc/hybrid", { query: "x" }, 422, "no vectorizer module"],
  ["/v1/search/Doc/hybrid", { query: "x", alpha: 2 }, 400, "alpha should be between 0.0 and 1.0"],
  ["/v1/search/Doc/near-image", { query: "x" }, 404, "was not found"],
  ["/v1/elsewhere", {}, 404, "path /v1/elsewhere was not found"],
] as const)("REST refuses the request %s %j", async ([path, body, status, message]) => {
  const answer = await ask(await start({ collections: { Doc: documents } }), path, body);
  expect(answer.status).toBe(status);
  expect(JSON.stringify(answer.json)).toContain(message);
});

test.for([
  ["{ Get { Doc(", "Syntax Error"],
  ['{ Get { Nothing(bm25: {query: "x"}) { title } } }', 'Cannot query field "Nothing"'],
  ['{ Get { Doc(bm25: {query: "x"}) { nothing } } }', 'Cannot query field "nothing" on type "Doc"'],
  ['{ Get { Doc(bm25: {query: "x"}) { _additional { nothing } } } }', 'Cannot query field "nothing"'],
  ['{ Get { Doc(bm25: {query: "x"}, odd: 1) { title } } }', 'Unknown argument "odd"'],
  ["{ Aggregate { Doc { meta { count } } } }", 'Cannot query field "Aggregate"'],
  ['{ Get { Doc(bm25: {query: "x"}, tenant: "A") { title } } }', "multi-tenancy disabled"],
])("GraphQL reports an error inside a 200: %s", async ([query, message]) => {
  const { status, json } = await graphql(await start({ collections: { Doc: documents } }), query!);
  expect(status).toBe(200);
  expect(json.errors[0].message).toContain(message);
});

test("And, Or and Not nest; paging and boosts work", async () => {
  const twin = await start({ collections: { Doc: documents } });
  const where = {
    operator: "And",
    operands: [
      { operator: "Not", operands: [{ operator: "Equal", path: ["title"], valueText: "c" }] },
      {
        operator: "Or",
        operands: [
          { operator: "Equal", path: ["title"], valueText: "a" },
          { operator: "Equal", path: ["title"], valueText: "b" },
          { operator: "Equal", path: ["title"], valueText: "c" },
        ],
      },
    ],
  };
  const find = async (more: object): Promise<string[]> => {
    const { json } = await ask(twin, "/v1/search/Doc/bm25", { query: "common", ...more });
    return json.results.map((one: Parsed) => one.properties.title);
  };
  const all = await find({ where });
  expect(all.toSorted()).toEqual(["a", "b"]);
  expect(await find({ where, limit: 1, offset: 1 })).toEqual([all[1]]);
  expect(await find({ query: "d common", queryProperties: ["title^9", "text"] })).toHaveLength(4);
  expect((await find({ query: "d common", queryProperties: ["title^9", "text"] }))[0]).toBe("d");
});

test("a page in a browser cannot use it", async () => {
  const twin = await start();
  const status = await new Promise((resolve) =>
    get(`${twin.url}/v1/schema`, { headers: { origin: "https://evil.example" } }, (response) =>
      resolve(response.resume().statusCode),
    ),
  );
  expect(status).toBe(403);
  expect(twin.requests).toEqual([]);
});

test.each([
  ['{"class": "no capital"}', 422],
  ["{broken", 422],
  ["[1]", 422],
])("an invalid body is refused, and the twin keeps running: %s", async (body, status) => {
  const twin = await start();
  const response = await fetch(`${twin.url}/v1/schema`, { method: "POST", body });
  expect(response.status).toBe(status);
  expect((await ask(twin, "/v1/meta")).status).toBe(200);
});

test.each([
  ["/v1/batch/objects", { objects: 3 }],
  ["/v1/search/Doc/bm25", { query: "x", where: { operator: "Equal", path: 3 } }],
  ["/v1/schema", { class: "Odd", properties: { a: 1 } }],
  ["/v1/graphql", { query: 7 }],
])("values of a wrong type do not end the twin: %s", async (path, body) => {
  const twin = await start({ collections: { Doc: documents } });
  expect((await ask(twin, path, body)).status).toBeGreaterThanOrEqual(200);
  expect((await ask(twin, "/v1/meta")).status).toBe(200);
});

test("a `vectorize` that throws only fails its own request, and only the last 200 requests are kept", async () => {
  const vectorize = (): number[] => {
    throw new Error("no vectors today");
  };
  const twin = await start({ collections: { Doc: { properties: [{ name: "t", dataType: ["text"] }] } }, vectorize });
  const { status, json } = await ask(twin, "/v1/search/Doc/hybrid", { query: "x" });
  expect([status, json.error[0].message]).toEqual([500, "Error: no vectors today"]);
  await Promise.all(Array.from({ length: 210 }, () => ask(twin, "/v1/meta")));
  expect(twin.requests).toHaveLength(200);
});
