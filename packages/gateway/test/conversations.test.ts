import { describe, expect, test } from "vitest";
import { converse, places } from "./conversation.ts";
import { canary } from "./gateway.ts";
import { switchModels } from "./switch-models.ts";
import { startTwins } from "./twins.ts";

// In LibreChat users can switch the model in the middle of a conversation with tool calls.
const one = places.filter(({ name }) => !name.endsWith(" plain"));

test("a conversation with tool calls can switch from every provider to every other and back", async () => {
  expect(one.map(({ definition }) => definition.id)).toEqual([
    ...new Set(places.map(({ definition }) => definition.id)),
  ]);
  // Only endpoints with reasoning details send signatures.
  expect(await switchModels(one, { isFaithful: true, isStreaming: true })).toEqual(["openrouter"]);
});

describe("without the gateway", () => {
  // Faults that occurred in LibreChat: tool call ids in another format, and missing reasoning.
  test.each([
    ["deepseek", "mistral", /id/],
    ["mistral", "deepseek", /reasoning_content/],
  ])("a switch from %s to %s is refused", async (from, to, words) => {
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
