import type { Numbered } from "../session.ts";

/** What a search is made on: named parts of a request, each of which may be at fault. */
export interface Bench {
  /** All parts, in the order in which a request has them. */
  readonly names: readonly string[];
  /** The part without which this one cannot be sent. */
  need(name: string): string | undefined;
  /** Sends a request with these parts and what they need. */
  ask(names: readonly string[]): Promise<Numbered>;
  /** Sends one part alone, with its n-th value; undefined where it has no such value, or there is no room. */
  askValue(name: string, index: number): Promise<Numbered | undefined>;
  /** Sends a part with its n-th value from here on. */
  use(name: string, index: number): void;
  /** How many values a part has. */
  values(name: string): number;
  /** Which of the parts do the words of a refusal blame? */
  named(answer: Numbered, names: readonly string[]): string[];
  /** Is there room for one more request? */
  hasRoom(): boolean;
}
