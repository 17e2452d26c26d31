import type { Cassette, Interaction } from "../cassette/cassette.ts";
import type { Outcome, Scenario } from "../scenario/scenario.ts";
import type { Answer } from "../twin/answer.ts";

/** One recorded exchange, what the provider made of it, and what stood in it. */
export type Exchange = {
  readonly interaction: Interaction;
  readonly outcome: Outcome;
  /** Read from the recorded bytes by the wire, not by the provider. Undefined for errors and lists. */
  readonly answer?: Answer;
};

/** A scenario that was played to the provider. */
export type Play = {
  readonly scenario: Scenario;
  readonly cassette: Cassette;
  /** `text-stream (twin, 2026-11-22)`. */
  readonly label: string;
  readonly exchanges: readonly Exchange[];
  /** Requests that the cassette does not hold, and the reverse. */
  readonly problems: readonly string[];
};
