// Records the requests and answers of the tool into test/cassettes. WEAVIATE_URL is the address of a real Weaviate with the documents that
// `--load` puts into the collection LlmProviderSample; WEAVIATE_API_KEY is its key, if it needs one. Without WEAVIATE_URL the twin answers,
// and the documented cassettes are made from scripts/documented-answers.ts.
import { recordTool } from "@llm-provider/testing";
import { sampleDocuments } from "../src/twin/sample-documents.ts";
import { startWeaviateTwin } from "../src/twin/start-weaviate-twin.ts";
import { weaviate } from "../src/weaviate.ts";
import { documentedRuns } from "./documented-answers.ts";

const cassettes = new URL("../test/cassettes/", import.meta.url);
const collection = "LlmProviderSample";
const scenarios = {
  search: { query: "how hot should the water for green leaves be", collection },
  "search-filters": {
    query: "tea leaves",
    collection,
    limit: 2,
    filters: [
      { property: "year", operator: "LessThan", value: 2021 },
      { property: "title", operator: "ContainsAny", value: ["black", "storing"] },
    ],
  },
  empty: { query: "zxqjkvbn", collection },
};

const at = process.env["WEAVIATE_URL"];
if (at !== undefined) {
  if (process.argv.includes("--load")) await load(at);
  const { recorded, ok } = await recordTool(weaviate, { cassettes, scenarios, at });
  report(recorded, ok);
} else {
  const twin = await startWeaviateTwin({ collections: { [collection]: sampleDocuments } });
  const older = await startWeaviateTwin({ collections: { [collection]: sampleDocuments }, restSearch: false });
  const answerBy =
    ({ url }: { url: string }) =>
    (asked: string, init: RequestInit): Promise<Response> =>
      fetch(asked.replace(weaviate.definition.baseURL!, url), init);
  const byTwin = await recordTool(weaviate, { cassettes, scenarios, twin: answerBy(twin) });
  report(byTwin.recorded, byTwin.ok);
  const byOlder = await recordTool(weaviate, {
    cassettes,
    scenarios: { "search-graphql": scenarios["search-filters"] },
    twin: answerBy(older),
  });
  report(byOlder.recorded, byOlder.ok);
  await Promise.all([twin.close(), older.close()]);
  for (const [scenario, { source, asked, answers }] of Object.entries(documentedRuns)) {
    const left = [...answers];
    const answer = async (): Promise<Response> => {
      const { status = 200, body } = left.shift()!;
      return body === "" ? new Response("", { status }) : Response.json(body, { status });
    };
    const { recorded, ok } = await recordTool(weaviate, {
      cassettes,
      scenarios: { [scenario]: asked },
      twin: answer,
      source,
    });
    report(recorded, ok);
    if (left.length > 0) throw new Error(`${scenario} has answers that no request asked for.`);
  }
}

function report(recorded: readonly { scenario: string; outcome: string }[], ok: boolean): void {
  for (const { scenario, outcome } of recorded) console.log(`${outcome.padEnd(10)} ${scenario}`);
  if (!ok) process.exitCode = 1;
}

/** Puts the documents of the recordings into a separate collection. Nothing else in this package writes to a Weaviate. */
async function load(url: string): Promise<void> {
  const key = process.env["WEAVIATE_API_KEY"];
  const objects = sampleDocuments.map(({ properties }) => ({ class: collection, properties }));
  const response = await fetch(`${url}/v1/batch/objects`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(key && { authorization: `Bearer ${key}` }) },
    body: JSON.stringify({ objects }),
  });
  if (!response.ok) throw new Error(`Weaviate did not take the documents: HTTP ${response.status}.`);
  console.log(`loaded     ${objects.length} documents into ${collection}`);
}
