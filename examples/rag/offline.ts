// The agent without a key, a model or a network: `node --conditions=source offline.ts [question] [--cloud] [--weaviate]`. A
// twin, a fake server on loopback that behaves as the provider's definition says, plays the model. It asks for one search and
// then repeats the beginning of the result. The retrieval is real.
import { parseArgs } from "node:util";
import { startTwin } from "@llm-provider/testing";
import { startWeaviateTwin } from "@llm-provider/weaviate/twin";
import { ask } from "./agent.ts";
import { openRetriever } from "./retrieve.ts";
import { openWeaviateStore } from "./search/weaviate-store.ts";
import { openSide, sides } from "./sides.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { cloud: { type: "boolean" }, weaviate: { type: "boolean" } },
});
const question = positionals.join(" ") || "I changed my mind two weeks after it arrived. Do I get all of my money?";
const name = values.cloud ? "cloud" : "local";
const key = "no-key-is-needed-offline";

// Mistral accepts only ids of nine letters.
const search = { id: "searching", name: "search_handbook", arguments: JSON.stringify({ query: question }) };
const twin = await startTwin(sides[name].factory.definition, {
  scenarios: [
    {
      when: ({ messages }) => messages.at(-1)?.role === "user",
      answer: { toolCalls: [search], text: "" },
    },
  ],
});
const weaviate = values.weaviate ? await startWeaviateTwin() : undefined;
const { provider, model } = openSide(name, { baseURL: twin.url, apiKey: key });
const retriever = await openRetriever(weaviate && { store: openWeaviateStore(weaviate.url) });

console.log(
  `Model: the twin of ${sides[name].factory.definition.name}, which has none inside. Passages: ${retriever.store.name}.`,
);
console.log("Searched by words alone: the vectors of a twin are made from a hash of the text, and mean nothing.\n");
const { text, cited } = await ask(question, {
  provider,
  model,
  retriever,
  onSearch(query, found) {
    console.log(`search_handbook ${JSON.stringify(query)} → ${found.map(({ id }) => id).join(", ")}`);
  },
});
console.log(`\n${text}\n`);
console.log(`Cited: ${cited.map(({ id, title }) => `[${id}] ${title}`).join("; ")}`);

await retriever.close();
await Promise.all([twin.close(), weaviate?.close()]);
