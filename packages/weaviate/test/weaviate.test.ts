import { inspect } from "node:util";
import { ProviderError } from "@llm-provider/core";
import { mistral } from "@llm-provider/mistral";
import { startTwin } from "@llm-provider/testing";
import {
  defineWeaviate,
  listCollections,
  weaviate,
  type SearchInput,
  type SearchSettings,
} from "@llm-provider/weaviate";
import {
  startWeaviateTwin,
  type TwinObject,
  type WeaviateTwin,
  type WeaviateTwinOptions,
} from "@llm-provider/weaviate/twin";
import { afterEach, describe, expect, test, vi } from "vitest";

const canary = "wv-canary-7c1e93d0a5b84f26";
const object = (title: string, content: string, more: object = {}, vector?: number[]): TwinObject => ({
  properties: { title, content, ...more },
  ...(vector && { vector }),
});
const drinks = [
  object("Tea", "Green leaves want water of eighty degrees.", { year: 2001, tags: ["leaf", "hot"] }, [1, 0, 0]),
  object("Coffee", "Ground beans want hotter water.", { year: 2010, tags: ["bean", "hot"] }, [0, 1, 0]),
  object("Lemonade", "Lemons, sugar and cold water.", { year: 2020, draft: true }, [0, 0.6, 0.8]),
];
const open: WeaviateTwin[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(open.splice(0).map((twin) => twin.close()));
});

async function start(options: WeaviateTwinOptions = {}): Promise<WeaviateTwin> {
  const twin = await startWeaviateTwin({ collections: { Drink: drinks }, ...options });
  open.push(twin);
  return twin;
}

const titles = async (twin: WeaviateTwin, input: SearchInput, settings: SearchSettings = {}, apiKey = canary) =>
  (await defineWeaviate(settings)({ baseURL: twin.url, apiKey }).execute(input)).passages.map(({ title }) => title);

async function failure(run: Promise<unknown>): Promise<ProviderError> {
  const error: unknown = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(ProviderError.is(error)).toBe(true);
  return error as ProviderError;
}

/** A current server answers over REST, an older one over GraphQL. */
const servers = [
  ["REST", { graphql: false }],
  ["GraphQL", { restSearch: false }],
] as const;

describe.each(servers)("over %s", (api, options) => {
  test("passages have a title, text, score and id, and the best comes first", async () => {
    const twin = await start(options);
    const output = await weaviate({ baseURL: twin.url }).execute({ query: "hot water for green leaves" });
    expect(output).toMatchObject({ collection: "Drink", mode: "bm25", isFull: false, ignored: [] });
    expect(output.passages.map(({ title }) => title)[0]).toBe("Tea");
    expect(output.passages[0]).toMatchObject({
      text: "Green leaves want water of eighty degrees.",
      score: expect.any(Number),
      id: expect.stringMatching(/^[\da-f-]{36}$/),
      properties: { year: 2001 },
    });
    const scores = output.passages.map(({ score = 0 }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    const paths = twin.requests.map(({ path }) => path);
    expect(paths.at(-1)).toBe(api === "REST" ? "/v1/search/Drink/bm25" : "/v1/graphql");
  });

  test.for([
    [[{ property: "year", operator: "GreaterThan", value: 2005 }], ["Coffee", "Lemonade"]],
    [[{ property: "year", operator: "LessThanEqual", value: 2010 }], ["Coffee", "Tea"]],
    [[{ property: "year", operator: "NotEqual", value: 2010 }], ["Lemonade", "Tea"]],
    [[{ property: "title", operator: "Equal", value: "coffee" }], ["Coffee"]],
    [[{ property: "title", operator: "Like", value: "te?" }], ["Tea"]],
    [[{ property: "content", operator: "Like", value: "lem*" }], ["Lemonade"]],
    [[{ property: "tags", operator: "ContainsAny", value: ["leaf", "root"] }], ["Tea"]],
    [[{ property: "tags", operator: "ContainsAll", value: ["hot", "bean"] }], ["Coffee"]],
    [[{ property: "tags", operator: "ContainsNone", value: ["bean"] }], ["Lemonade", "Tea"]],
    [[{ property: "draft", operator: "IsNull", value: false }], ["Lemonade"]],
    [[{ property: "draft", operator: "Equal", value: true }], ["Lemonade"]],
    [
      [
        { property: "year", operator: "LessThan", value: 2015 },
        { property: "tags", operator: "ContainsAny", value: ["bean"] },
      ],
      ["Coffee"],
    ],
  ] as [NonNullable<SearchInput["filters"]>, string[]][])(
    "only passages that meet %j are found",
    async ([filters, expected]) => {
      const twin = await start(options);
      expect((await titles(twin, { query: "water", filters })).toSorted()).toEqual(expected);
    },
  );

  test("a tenant only sees its own objects", async () => {
    const objects = [
      { ...object("Of A", "plain water"), tenant: "A" },
      { ...object("Of B", "plain water"), tenant: "B" },
    ];
    const twin = await start({ ...options, collections: { Note: objects } });
    expect(await titles(twin, { query: "water", tenant: "A" })).toEqual(["Of A"]);
    expect(await titles(twin, { query: "water", tenant: "B" }, { tenant: "A" })).toEqual(["Of A"]);
    expect(await failure(titles(twin, { query: "water" }))).toMatchObject({
      code: "invalid-request",
      message: "Note has tenants, but the search names none.",
    });
    expect(await failure(titles(twin, { query: "water", tenant: "C" }))).toMatchObject({
      code: "invalid-request",
      message: 'tenant not found: "C"',
      hint: expect.stringContaining("`tenant`"),
    });
  });

  test("a collection with a vectorizer is searched by words and meaning", async () => {
    const vectorize = (text: string): number[] => (/lemon|sour/i.test(text) ? [0, 1] : [1, 0]);
    const bare = drinks.map(({ properties }) => ({ properties }));
    const twin = await start({ ...options, collections: { Drink: bare }, vectorize });
    const output = await weaviate({ baseURL: twin.url }).execute({ query: "something sour", limit: 1 });
    expect(output).toMatchObject({ mode: "hybrid", isFull: true, passages: [{ title: "Lemonade" }] });
    expect(await titles(twin, { query: "sour", alpha: 0 })).toEqual([]);
  });
});

describe("the caller's own vectors", () => {
  const near = async (): Promise<number[]> => [0, 1, 0];

  test("are sent over GraphQL, with the words or alone", async () => {
    const twin = await start();
    const tool = defineWeaviate({ embed: near })({ baseURL: twin.url });
    expect(await tool.execute({ query: "eighty degrees", alpha: 0.9 })).toMatchObject({
      mode: "hybrid",
      passages: [{ title: "Coffee" }, { title: "Lemonade" }, { title: "Tea" }],
    });
    const alone = await tool.execute({ query: "eighty degrees", alpha: 1 });
    expect(alone).toMatchObject({ mode: "vector", passages: [{ title: "Coffee", distance: 0 }, {}, {}] });
    expect(alone.passages[0]).not.toHaveProperty("score");
    expect(await tool.execute({ query: "eighty degrees", alpha: 0 })).toMatchObject({ mode: "bm25" });
    expect(twin.requests.map(({ path }) => path)).toEqual([
      "/v1/schema",
      "/v1/graphql",
      "/v1/schema",
      "/v1/graphql",
      "/v1/schema",
      "/v1/search/Drink/bm25",
    ]);
  });

  test("can come from any provider with `embed`, whose errors do not contain the key", async () => {
    const endpoint = await startTwin(mistral.definition, { apiKey: canary });
    try {
      const provider = mistral({ apiKey: canary, baseURL: endpoint.url, maxRetries: 0 });
      const { embeddings } = await provider.embed({ model: "mistral-embed", input: "cold" });
      const objects = [{ ...object("Same", "nothing in common"), vector: embeddings[0]! }, object("Other", "cold")];
      const twin = await start({ collections: { Drink: objects } });
      const embed = { provider, model: "mistral-embed" };
      expect(await titles(twin, { query: "cold", alpha: 1 }, { embed })).toEqual(["Same"]);
      const wrong = mistral({ apiKey: `${canary}x`, baseURL: endpoint.url, maxRetries: 0 });
      const error = await failure(titles(twin, { query: "cold" }, { embed: { ...embed, provider: wrong } }));
      expect(error.code).toBe("invalid-key");
      expect(inspect(error, { depth: 9 })).not.toContain(canary.slice(0, 14));
    } finally {
      await endpoint.close();
    }
  });

  test("of another length cause an error inside a 200, which is thrown", async () => {
    const twin = await start();
    const embed = async (): Promise<number[]> => [1, 0];
    const error = await failure(titles(twin, { query: "water" }, { embed }));
    expect(error).toMatchObject({ code: "invalid-request", status: 200, retryable: false });
    expect(error.hint).toContain("the model that the stored vectors were made with");
  });

  test("need GraphQL, and the error of a server without it says what to do", async () => {
    const twin = await start({ graphql: false });
    const error = await failure(titles(twin, { query: "water" }, { embed: near }));
    expect(error).toMatchObject({ code: "invalid-request", status: 422, message: "graphql api is disabled" });
    expect(error.hint).toContain("DISABLE_GRAPHQL=false");
  });
});

describe("the key", () => {
  test("is sent as a bearer token, and is optional for a server without keys", async () => {
    vi.stubEnv("WEAVIATE_API_KEY", "");
    expect(await titles(await start(), { query: "tea" }, {}, "")).toEqual(["Tea"]);
    // LibreChat passes an unset variable on unexpanded.
    vi.stubEnv("WEAVIATE_API_KEY", "${WEAVIATE_API_KEY}");
    const twin = await start();
    expect((await weaviate({ baseURL: twin.url }).execute({ query: "tea" })).passages).toHaveLength(1);
    const locked = await start({ apiKey: canary });
    expect(await titles(locked, { query: "tea" })).toEqual(["Tea"]);
    for (const apiKey of ["", `${canary}x`]) {
      const error = await failure(titles(locked, { query: "tea" }, {}, apiKey));
      expect(error).toMatchObject({ code: "invalid-key", status: 401, retryable: false });
      expect(error.hint).toContain("WEAVIATE_API_KEY");
      expect(inspect(error, { depth: 9 })).not.toContain(canary.slice(0, 14));
    }
  });

  test("is never sent over http to another host, which is allowed without a key", async () => {
    const sent: string[] = [];
    const fetch = async (url: string): Promise<Response> => {
      sent.push(url);
      return Response.json({ classes: [] });
    };
    const at = { baseURL: "http://weaviate:8080", fetch };
    const error = await failure(weaviate({ ...at, apiKey: canary }).execute({ query: "tea" }));
    expect(error).toMatchObject({ code: "invalid-request", hint: expect.stringContaining("Use https") });
    expect(sent).toEqual([]);
    vi.stubEnv("WEAVIATE_API_KEY", "");
    await failure(weaviate(at).execute({ query: "tea" }));
    expect(sent).toEqual(["http://weaviate:8080/v1/schema"]);
  });
});

test("a cluster in the cloud is sent its own address, which Weaviate Embeddings needs", async () => {
  const twin = await start({ apiKey: canary });
  const sent: Headers[] = [];
  const cloud = "https://my-cluster.weaviate.cloud";
  const at = async (url: string, init: RequestInit = {}): Promise<Response> => {
    sent.push(new Headers(init.headers));
    return fetch(url.replace(cloud, twin.url), init);
  };
  await weaviate({ baseURL: `${cloud}/`, apiKey: canary, fetch: at }).execute({ query: "tea" });
  expect(sent.map((headers) => headers.get("x-weaviate-cluster-url"))).toEqual([cloud, cloud]);
  expect(sent.map((headers) => headers.get("authorization"))).toEqual([`Bearer ${canary}`, `Bearer ${canary}`]);
});

describe("an invalid search is reported so that a model can correct it", () => {
  test.for([
    [
      { query: "x", collection: "Drinks" },
      "not-found",
      /There is no collection Drinks.*Drink, Food/,
      /Did you mean Drink\?/,
    ],
    [{ query: "x" }, "invalid-request", /Which collection\? Choose one of: Drink, Food\./, /`collection`/],
    [{ query: "x", collection: "Food", tenant: "A" }, "invalid-request", /Food has no tenants/, /`tenant` out/],
    [
      { query: "x", collection: "Food", filters: [{ property: "titel", operator: "Equal", value: "x" }] },
      "invalid-request",
      /no property titel/,
      /Did you mean title\?/,
    ],
    [
      { query: "x", collection: "Food", filters: [{ property: "year", operator: "Equal", value: "2001" }] },
      "invalid-request",
      /year needs a value of its type, which is number/,
      /Correct/,
    ],
    [
      { query: "x", collection: "Food", filters: [{ property: "title", operator: "Equal", value: ["a"] }] },
      "invalid-request",
      /takes no list; ContainsAny does/,
      /Correct/,
    ],
    [
      { query: "x", collection: "Food", filters: [{ property: "title", operator: "IsNull", value: "no" }] },
      "invalid-request",
      /true or false/,
      /Correct/,
    ],
  ] as const)("the input %j", async ([input, code, message, hint]) => {
    const twin = await start({ collections: { Drink: drinks, Food: drinks } });
    const error = await failure(titles(twin, structuredClone(input) as SearchInput));
    expect(error).toMatchObject({ code, message: expect.stringMatching(message), hint: expect.stringMatching(hint) });
  });

  test("alpha without vectors is ignored, and listed as ignored", async () => {
    const twin = await start();
    const tool = weaviate({ baseURL: twin.url });
    expect(await tool.execute({ query: "tea", alpha: 0.5 })).toMatchObject({ mode: "bm25", ignored: ["alpha"] });
    expect(await tool.call('{"query":"tea","alpha":0.5}')).toContain("has no vectors to search: alpha.");
  });

  test("a tool with a collection or a tenant of its own takes no other", async () => {
    const tool = defineWeaviate({ collection: "Drink", tenant: "A" })();
    const { properties } = tool.spec.function.parameters as { properties: object };
    expect(Object.keys(properties)).toEqual(["query", "limit", "alpha", "filters"]);
    const twin = await start({ collections: { Drink: drinks, Secret: [object("Secret", "water")] } });
    const bound = { collection: "Drink" };
    expect(await titles(twin, { query: "secret water", collection: "Secret" }, bound)).not.toContain("Secret");
  });

  test("with several named vectors, the error tells the operator what to set, and a search by words works", async () => {
    const schema = {
      class: "Drink",
      properties: [{ name: "title", dataType: ["text"] }],
      vectorConfig: {
        title: { vectorizer: { "text2vec-x": {} } },
        body: { vectorizer: { "multi2vec-x": {} } },
        picture: { vectorizer: { "img2vec-x": {} } },
        own: { vectorizer: { none: {} } },
      },
    };
    const answer = ({ path, body }: { path: string; body: object }) => {
      if (path.startsWith("/v1/schema")) return { status: 200, body: { classes: [schema] } };
      return path.endsWith("/hybrid") ? { status: 200, body: { results: [], tookMs: 1, body } } : undefined;
    };
    const twin = await start({ answer });
    const error = await failure(titles(twin, { query: "tea" }));
    expect(error).toMatchObject({ message: "Drink has several vectors: title, body." });
    expect(error.hint).toContain("`targetVector`");
    expect(await titles(twin, { query: "tea", alpha: 0 })).toEqual(["Tea"]);
    await titles(twin, { query: "tea" }, { targetVector: "body" });
    expect(twin.requests.at(-1)!.body).toMatchObject({ targetVector: "body" });
    // If Weaviate makes only one of several vectors, that one is searched.
    schema.vectorConfig.body = { vectorizer: { none: {} } } as never;
    await titles(twin, { query: "tea" });
    expect(twin.requests.at(-1)!.body).toMatchObject({ targetVector: "title" });
  });
});

test("listCollections says what can be searched, and how", async () => {
  const twin = await start({ apiKey: canary });
  const [drink] = await listCollections({ baseURL: twin.url, apiKey: canary });
  expect(drink).toMatchObject({ name: "Drink", hasVectorizer: false, hasTenants: false, vectors: [] });
  expect(drink!.properties).toContainEqual({ name: "tags", type: "text[]", isSearchable: true, isFilterable: true });
});

test("a search only reads the schema and sends searches, and writes nothing", async () => {
  const twin = await start({ restSearch: false });
  await titles(twin, { query: "tea" });
  await failure(titles(twin, { query: "tea", collection: "Nothing" }));
  const asked = new Set(twin.requests.map(({ method, path }) => `${method} ${path.split("/").slice(0, 3).join("/")}`));
  expect([...asked]).toEqual(["GET /v1/schema", "POST /v1/search", "POST /v1/graphql"]);
});
