import { loadCassettes } from "@llm-provider/testing";
import { weaviate } from "@llm-provider/weaviate";
import { expect, test } from "vitest";
import { documentedRuns } from "../scripts/documented-answers.ts";
import { expectedOutcomes, outcomesOf } from "./outcomes.ts";

const cassettes = loadCassettes(new URL("./cassettes/", import.meta.url));

test("each recorded run comes to what it should", async () => {
  expect(await outcomesOf(weaviate, cassettes)).toEqual(expectedOutcomes);
});

test("a documented cassette names its page and the day", () => {
  for (const [scenario, { source }] of Object.entries(documentedRuns)) {
    const { meta } = cassettes.byScenario.get(scenario)!;
    expect(meta.origin).toBe("documented");
    expect(meta.source).toEqual([source, expect.stringMatching(/^\d{4}-\d\d-\d\d$/)]);
  }
});
