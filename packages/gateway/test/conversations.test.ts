import { describe, expect, test } from "vitest";
import { converse, places } from "./conversation.ts";
import { canary } from "./gateway.ts";
import { switchModels } from "./switch-models.ts";
import { startTwins } from "./twins.ts";

// LibreChat lets a person switch the model in the middle of a conversation that has tool calls.
const one = places.filter(({ name }) => !name.endsWith(" plain"));

test("a model of every provider takes over from every other, in the middle of tool calls, and hands back", async () => {
  expect(one.map(({ definition }) => definition.id)).toEqual([
    ...new Set(places.map(({ definition }) => definition.id)),
  ]);
  // Signatures are seen where an endpoint gives details of its reasoning.
  expect(await switchModels(one, { isFaithful: true, isStreaming: true })).toEqual(["openrouter"]);
});

describe("without the gateway", () => {
  // Faults that were seen in LibreChat: ids of another form, and reasoning that is not there.
  test.each([
    ["deepseek", "mistral", /id/],
    ["mistral", "deepseek", /reasoning_content/],
  ])("%s → %s is refused", async (from, to, words) => {
    const [a, b] = [from, to].map((id) => one.find(({ name }) => name === id)!);
    const twins = await startTwins([a!.definition, b!.definition]);
    const client = {
      isFaithful: false,
      isStreaming: true,
      send: (name: string, body: object) =>
        fetch(`${twins.get(name)!.url}/chat/completions`, {
          method: "POST",
          headers: { "content-type": "application/json", authorization: `Bearer ${canary}` },
          body: JSON.stringify(body),
        }),
    };
    await expect(converse(client, a!, b!)).rejects.toThrow(words);
  });
});
