import type { ChatRequest, JsonObject } from "@llm-provider/core";
import type { Cassette, Interaction } from "../cassette/cassette.ts";
import type { Wire } from "../twin/wire.ts";
import { performChat, performModels, performStream } from "./perform.ts";
import type { Outcome, Scenario, Stage } from "./scenario.ts";

/** The scenario of a cassette that was written by hand: it asks for what stands in it. */
export function documentedScenario({ scenario, interactions }: Cassette, wire: Wire): Scenario {
  return {
    id: scenario,
    title: `the documented exchange "${scenario}"`,
    missing: () => undefined,
    async run(stage) {
      const outcomes: Outcome[] = [];
      for (const interaction of interactions) outcomes.push(await perform(stage, interaction, wire));
      return outcomes;
    },
  };
}

function perform({ provider }: Stage, { method, body, asked }: Interaction, wire: Wire): Promise<Outcome> {
  if (method === "GET") return performModels(provider);
  const request = (asked as unknown as ChatRequest | undefined) ?? wire.readRequest(body as JsonObject);
  return wire.wantsStream(body as JsonObject) ? performStream(provider, request) : performChat(provider, request);
}
