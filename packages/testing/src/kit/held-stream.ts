import type { Reply } from "../twin/reply.ts";
import type { Kit } from "./kit.ts";

/** A stream that gives its first half and waits for the gate with the rest. */
export function heldStream(kit: Kit, gate: Promise<void>): Reply {
  const { pieces, ...head } = kit.stream(kit.answer({ text: "one two three four five six seven eight" }));
  const all = [...(pieces as string[])];
  const half = Math.ceil(all.length / 2);
  async function* writing(): AsyncGenerator<string> {
    yield* all.slice(0, half);
    await gate;
    yield* all.slice(half);
  }
  return { ...head, pieces: writing() };
}
