import type { Numbered } from "../session.ts";

/** The input of a search: named parts of a request, each of which may be at fault. */
export interface Bench {
  /** All parts, in the order in which a request has them. */
  readonly names: readonly string[];
  /** The part that this one needs. */
  need(name: string): string | undefined;
  /** Sends a request with these parts and the parts that they need. */
  ask(names: readonly string[]): Promise<Numbered>;
  /** Sends one part alone, with its n-th value; undefined if it has no such value or no requests are left. */
  askValue(name: string, index: number): Promise<Numbered | undefined>;
  /** From now on, sends a part with its n-th value. */
  use(name: string, index: number): void;
  /** How many values a part has. */
  values(name: string): number;
  /** The parts that the words of a refusal blame. */
  named(answer: Numbered, names: readonly string[]): string[];
  /** May one more request be sent? */
  hasRoom(): boolean;
}
