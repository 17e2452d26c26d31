import { startSerpapiTwin } from "../twin/start-serpapi-twin.ts";
import type { Options } from "./read-arguments.ts";
import { untilStopped } from "./until-stopped.ts";

/** A SerpApi to try things against. */
export async function runTwin({ port = 3334 }: Options): Promise<void> {
  const stopped = untilStopped();
  const twin = await startSerpapiTwin({ port });
  console.error(`The twin of SerpApi is at ${twin.url}. Any key passes. Try it:`);
  console.error(`SERPAPI_BASE_URL=${twin.url} SERPAPI_API_KEY=any npx @llm-provider/serpapi account`);
  await stopped;
  await twin.close();
}
