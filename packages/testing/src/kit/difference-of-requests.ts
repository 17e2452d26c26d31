import { isDeepStrictEqual } from "node:util";
import type { Json } from "@llm-provider/core";
import type { Cassette } from "../cassette/cassette.ts";
import { responseBytes } from "../cassette/response-bytes.ts";
import { documentedScenario } from "../scenario/documented-scenario.ts";
import { scenarios } from "../scenario/scenarios.ts";
import type { Kit } from "./kit.ts";
import { memorySite } from "./memory-site.ts";
import { replayHeaders } from "./replay-headers.ts";

/** Runs a scenario against its cassette: the first request that is not the recorded one. */
export async function differenceOfRequests(
  kit: Kit,
  cassette: Cassette,
): Promise<{ expected: unknown; got: unknown; at: string } | undefined> {
  const { definition, wire } = kit;
  const scenario = scenarios.find(({ id }) => id === cassette.scenario) ?? documentedScenario(cassette, wire);
  if (scenario.missing(definition) !== undefined) return undefined;
  const { interactions } = cassette;
  const site = memorySite((index) => {
    const interaction = interactions[index];
    return interaction
      ? { status: interaction.status, headers: replayHeaders(interaction), pieces: [responseBytes(interaction)] }
      : { status: 501, headers: {}, pieces: [] };
  });
  const provider = kit.provider(site);
  await scenario.run({ definition, provider, stranger: provider });
  for (const [index, { method, path, body }] of interactions.entries()) {
    const request = site.requests[index];
    const { pathname, search } = new URL(request?.url ?? "http://nowhere");
    const got = request
      ? {
          method: request.method,
          path: pathname + search,
          body: request.text === "" ? "" : (JSON.parse(request.text) as Json),
        }
      : "no request";
    // A documented body may be cut down to what the page shows.
    const expected =
      cassette.meta.origin === "documented" && cassette.interactions[index]?.asked === undefined
        ? { method, path, body: (got as { body?: Json }).body }
        : { method, path, body };
    if (!isDeepStrictEqual(got, expected)) return { at: `request ${index + 1}`, expected, got };
  }
  return undefined;
}
