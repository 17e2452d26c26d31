import type { Cassette } from "../cassette/cassette.ts";
import { cassetteProblems } from "./cassette-problems.ts";
import { labelOf } from "./create-kit.ts";
import { failure } from "./failure.ts";

/** Throws where a cassette holds a key, an account or a path of a machine. */
export function refuseTellingCassettes(cassettes: Iterable<Cassette>): void {
  for (const cassette of cassettes) {
    for (const problem of cassetteProblems(cassette))
      throw failure({
        expected: "nothing that names a person or a machine",
        got: problem,
        cassette: labelOf(cassette),
      });
  }
}
