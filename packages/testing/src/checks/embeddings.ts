import type { Definition, EmbedRequest, JsonObject } from "@llm-provider/core";
import { readPath } from "@llm-provider/core/internal";
import type { Check } from "../kit/check.ts";
import { codeOf, same, truth } from "../kit/expect.ts";
import type { Kit } from "../kit/kit.ts";
import { takesKey } from "../kit/takes-key.ts";
import { mockServer } from "../server/mock-server.ts";

type Server = ReturnType<typeof mockServer>;

/** Two full requests, and a third for the rest. */
const textsFor = (most: number): string[] => Array.from({ length: 2 * most + 1 }, (_, index) => `text ${index}`);

function hasEmbeddings({ embeddings, dialect }: Definition): boolean {
  return embeddings !== undefined && dialect.embeddings !== undefined;
}

/** An endpoint that takes any number of texts: the vector of a text is its number, and each text counts for its length. */
function embeddingServer(kit: Kit): Server {
  const { readEmbeddings, writeEmbeddings } = kit.wire;
  truth(
    readEmbeddings !== undefined && writeEmbeddings !== undefined,
    "`readEmbeddings` and `writeEmbeddings`",
    "a wire without them",
    {
      at: "the dialect's `server`",
    },
  );
  return mockServer((_, { text }) => {
    const { model, input } = kit.wire.readEmbeddings!(JSON.parse(text) as JsonObject);
    const vectors = (input as readonly string[]).map((one) => [Number(one.split(" ").at(-1)), 0.5]);
    const tokens = input.reduce<number>((total, one) => total + String(one).length, 0);
    return kit.json(200, kit.wire.writeEmbeddings!({ model: String(model), embeddings: vectors, tokens }));
  });
}

function embedRequest({ definition }: Kit, input: string | readonly string[], extra: object = {}): EmbedRequest {
  const models = Object.entries(definition.models);
  const [model] = models.find(([, { features }]) => features?.includes("embeddings")) ?? [definition.smallModel];
  return { model, input, ...extra };
}

/** The texts that arrived in each request. */
function arrived(
  kit: Kit,
  { requests }: Server,
): { input: readonly unknown[]; dimensions?: unknown; model?: unknown }[] {
  return requests.map(({ text }) => kit.wire.readEmbeddings!(JSON.parse(text) as JsonObject));
}

/** Vectors for texts, and the refusal if the endpoint has none. */
export const embeddings: readonly Check[] = [
  {
    name: "sends-embedding-requests",
    by: "requests",
    title: "`embed` sends model, text and dimensions to the path of the wire format, with the key",
    applies: hasEmbeddings,
    async run(kit) {
      const server = embeddingServer(kit);
      const request = embedRequest(kit, "text 0", { dimensions: 8 });
      await kit.provider(server).embed(request);
      const [sent] = server.requests;
      same([server.requests.length, sent?.method], [1, "POST"], { at: "requests and method" });
      const { path } = kit.definition.dialect.embeddings!;
      truth(new URL(sent!.url).pathname.endsWith(path), `a path that ends with ${path}`, sent!.url, { at: "the URL" });
      const { model, input, dimensions } = arrived(kit, server)[0]!;
      same([model, input, dimensions], [request.model, ["text 0"], 8], { at: "model, texts and dimensions" });
      if (takesKey(kit.definition))
        truth(
          Object.values(sent!.headers).some((value) => value.includes(kit.key)),
          "the key in a header",
          "no key",
        );
    },
  },
  {
    name: "keeps-embedding-order",
    by: "faults",
    title: "`embed` gives one vector per text in the order of the texts, also over several requests",
    applies: hasEmbeddings,
    async run(kit) {
      const texts = textsFor(kit.definition.embeddings!.maxInputs);
      const result = await kit.provider(embeddingServer(kit)).embed(embedRequest(kit, texts));
      same(
        result.embeddings.map(([number]) => number),
        texts.map((_, index) => index),
        { at: "the first number of each vector" },
      );
    },
  },
  {
    name: "splits-embeddings",
    by: "requests",
    title: "`embed` sends no more texts at once than the endpoint takes, and each text once",
    applies: hasEmbeddings,
    async run(kit) {
      const { maxInputs, source } = kit.definition.embeddings!;
      const server = embeddingServer(kit);
      await kit.provider(server).embed(embedRequest(kit, textsFor(maxInputs)));
      same(
        arrived(kit, server).map(({ input }) => input.length),
        [maxInputs, maxInputs, 1],
        { at: "texts a request", fact: { path: "embeddings.maxInputs", value: maxInputs, source } },
      );
    },
  },
  {
    name: "adds-up-embedding-usage",
    by: "faults",
    title: "the tokens of all requests of one `embed` are added up",
    applies: hasEmbeddings,
    async run(kit) {
      const texts = textsFor(kit.definition.embeddings!.maxInputs);
      const { usage } = await kit.provider(embeddingServer(kit)).embed(embedRequest(kit, texts));
      same(usage?.inputTokens, texts.join("").length, { at: "usage.inputTokens" });
    },
  },
  {
    name: "refuses-embeddings",
    by: "requests",
    title: "`embed` is refused with a sentence, before any request, if the endpoint has no embeddings",
    applies: (definition) => !hasEmbeddings(definition),
    async run(kit) {
      const server = mockServer(kit.json(200, {}));
      const error = await kit.rejection(kit.provider(server).embed(embedRequest(kit, "text 0")), "embed");
      same([codeOf(error), server.requests.length], ["unsupported-parameter", 0], { at: "code and requests" });
      truth(String(readPath(error, "hint")).length > 20, "a hint", readPath(error, "hint"), { at: "the hint" });
    },
  },
];
