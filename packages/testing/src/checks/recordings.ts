import { isDeepStrictEqual } from "node:util";
import type { Json } from "@llm-provider/core";
import type { Cassette } from "../cassette/cassette.ts";
import type { Kit } from "../kit/kit.ts";
import { scenarios } from "../scenario/scenarios.ts";
import { mockServer } from "../server/mock-server.ts";
import { toResponse } from "../cassette/recorded-response.ts";
import { type Check } from "../kit/check.ts";
import { labelOf } from "../kit/create-kit.ts";
import { failure, truth } from "../kit/expect.ts";
import { requireCleanCassettes } from "../kit/leaks.ts";
import { scenarioOf } from "../scenario/scenarios.ts";

/** Are the recordings complete, honest and free of secrets, and does the provider still send what they contain? */
export const recordings: readonly Check[] = [
  {
    name: "cassettes-hold-no-secrets",
    by: "cassettes",
    title: "no cassette contains a key, an account or a path of a machine",
    run(kit) {
      requireCleanCassettes(kit.cassettes.byScenario.values());
    },
  },
  {
    name: "cassettes-are-complete",
    by: "cassettes",
    title: "every scenario of the definition is recorded, and every cassette is unchanged and says where it comes from",
    run(kit) {
      const { definition, cassettes } = kit;
      truth(cassettes.problems.length === 0, "cassettes as they were written", cassettes.problems.join(" "));
      const missing = scenarios
        .filter((scenario) => scenario.missing(definition) === undefined && !cassettes.byScenario.has(scenario.id))
        .map(({ id }) => id);
      truth(
        missing.length === 0,
        "a cassette of every scenario",
        `none of ${missing.join(", ")}: run the record command`,
      );
      const known = new Set(scenarios.map(({ id }) => id));
      for (const [name, { meta }] of cassettes.byScenario) {
        truth(
          known.has(name) || meta.origin === "documented",
          "a scenario that the definition has",
          `"${name}", which no scenario is named: delete it, or write it as documented`,
          { cassette: name },
        );
      }
    },
  },
  {
    name: "sends-what-was-recorded",
    by: "cassettes",
    title: "every recorded scenario sends the requests that were recorded",
    async run(kit) {
      for (const cassette of kit.cassettes.byScenario.values()) {
        const difference = await differenceOfRequests(kit, cassette);
        if (difference)
          throw failure({
            ...difference,
            cassette: `${labelOf(cassette)}, which is stale if the request was changed on purpose: record it again`,
          });
      }
    },
  },
];

/** Runs a scenario against its cassette; returns the first request that differs from the recorded one. */
async function differenceOfRequests(
  kit: Kit,
  cassette: Cassette,
): Promise<{ expected: unknown; got: unknown; at: string } | undefined> {
  const { definition, wire } = kit;
  const scenario = scenarioOf(cassette, wire);
  if (scenario.missing(definition) !== undefined) return undefined;
  const { interactions } = cassette;
  const server = mockServer((index) => {
    const interaction = interactions[index];
    return interaction ? toResponse(interaction) : { status: 501, headers: {}, pieces: [] };
  });
  const provider = kit.provider(server);
  await scenario.run({ definition, provider, withWrongKey: provider });
  for (const [index, { method, path, body }] of interactions.entries()) {
    const request = server.requests[index];
    const { pathname, search } = new URL(request?.url ?? "http://nowhere");
    const got = request
      ? {
          method: request.method,
          path: pathname + search,
          body: request.text === "" ? "" : (JSON.parse(request.text) as Json),
        }
      : "no request";
    // A documented body may have only the part that the page shows.
    const expected =
      cassette.meta.origin === "documented" && cassette.interactions[index]?.asked === undefined
        ? { method, path, body: (got as { body?: Json }).body }
        : { method, path, body };
    if (!isDeepStrictEqual(got, expected)) return { at: `request ${index + 1}`, expected, got };
  }
  return undefined;
}
