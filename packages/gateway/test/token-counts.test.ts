import { expect, test } from "vitest";
import { places } from "./conversation.ts";
import { chunksOf, hello, post } from "./gateway.ts";
import { at, factories, gatewayOver, startTwins } from "./twins.ts";

// A client that asks for token counts sends `stream_options`, which some endpoints refuse and others need.
test.each(places)(
  "$name: a stream contains token counts if the client asks for them",
  async ({ definition, model }) => {
    const twins = await startTwins([definition]);
    const running = await gatewayOver({ fast: [at(twins, definition.id, model)] }, "rounds: 1");
    const asked = { ...hello, stream: true, stream_options: { include_usage: true } };
    const response = await post(running, asked);
    expect(response.status).toBe(200);
    const { chunks } = await chunksOf(response);
    expect(chunks.at(-1).usage).toMatchObject({
      prompt_tokens: expect.any(Number),
      completion_tokens: expect.any(Number),
    });

    const { chunks: plain } = await chunksOf(await post(running, { ...hello, stream: true }));
    expect(plain.filter((chunk) => "usage" in chunk)).toEqual([]);
    for (const { usage } of running.log.list(undefined)) expect(usage?.outputTokens).toBeGreaterThan(0);
  },
);

test("every provider is tested", () => {
  expect(new Set(places.map(({ definition }) => definition.id)).size).toBe(factories.length);
});
