import { expect } from "vitest";
import { converse, places, type Client, type Place } from "./conversation.ts";
import { post } from "./gateway.ts";
import { at, factories, gatewayOver, startTwins } from "./twins.ts";

/** The signature of a twin's reasoning. */
const signed = (id: string): string => `signed-by-${id}`;

/**
 * Runs a conversation for every ordered pair of these places, through a gateway over strict twins. Returns the providers whose
 * signatures reached the client.
 */
export async function switchModels(
  chosen: readonly Place[],
  how: Pick<Client, "isFaithful" | "isStreaming">,
): Promise<string[]> {
  const twins = await startTwins(
    factories.map(({ definition }) => definition),
    ({ id }) => ({
      scenarios: [
        { answer: { reasoningDetails: [{ type: "reasoning.text", text: "", signature: signed(id), index: 0 }] } },
      ],
    }),
  );
  const gateway = await gatewayOver(
    Object.fromEntries(chosen.map(({ name, definition, model }) => [name, [at(twins, definition.id, model)]])),
    "rounds: 1",
  );
  const client: Client = { ...how, send: (model, body) => post(gateway, { ...body, model }) };
  const failures: string[] = [];
  const given = new Set<string>();
  for (const a of chosen) {
    for (const b of chosen.filter((one) => one !== a)) {
      try {
        const { counts, text } = await converse(client, a, b);
        expect(counts).toEqual([2, 0, 1, 0, 0]);
        for (const { definition } of places) if (text.includes(signed(definition.id))) given.add(definition.id);
      } catch (error) {
        failures.push(`${a.name} → ${b.name}: ${(error as Error).message}`);
      }
    }
  }
  expect(failures).toEqual([]);
  for (const [id, { requests }] of twins) {
    const got = [...twins.keys()].filter((other) => requests.some(({ text }) => text.includes(signed(other))));
    expect(got, `signatures that ${id} got: its own where a client brought them, never another's`).toEqual(
      given.has(id) ? [id] : [],
    );
  }
  expect(places.map(({ definition }) => definition.id)).toEqual(expect.arrayContaining([...twins.keys()]));
  return [...given];
}
