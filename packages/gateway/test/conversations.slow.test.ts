import { expect, test } from "vitest";
import { places } from "./conversation.ts";
import { switchModels } from "./switch-models.ts";

// For each provider one model that reasons and one that does not.
test.each([
  { isFaithful: true, isStreaming: true },
  { isFaithful: true, isStreaming: false },
  { isFaithful: false, isStreaming: true },
  { isFaithful: false, isStreaming: false },
])("a conversation can switch between every ordered pair of models: %o", { timeout: 120_000 }, async (how) => {
  expect(places.length).toBeGreaterThan(8);
  expect(await switchModels(places, how)).toEqual(how.isFaithful ? ["openrouter"] : []);
});
