import type { Numbered } from "../session.ts";
import type { Bench } from "./bench.ts";

/** After this many correct blames, words save a request. */
const believed = 3;

/** The results of a search so far. */
export class Findings {
  readonly #bench: Bench;
  /** Parts that were accepted with their current value. */
  readonly good: string[] = [];
  readonly accepted: Map<string, Numbered> = new Map();
  readonly refused: Map<string, Numbered> = new Map();
  readonly partial: Map<string, { refused: Numbered; accepted: Numbered; index: number }> = new Map();
  /** Parts with a value that was refused alone, and the number of the next value. */
  readonly refusedValue: Map<string, { readonly answer: Numbered; readonly next: number }> = new Map();
  /** Parts that the words of a refusal named, with that refusal. */
  readonly blamed: Map<string, Numbered> = new Map();
  readonly conflicts: [string, string][] = [];
  first: { readonly answer: Numbered; readonly named: readonly string[] } | undefined;
  /** How often the words blamed a part rightly and wrongly. */
  right = 0;
  wrong = 0;

  constructor(bench: Bench) {
    this.#bench = bench;
  }

  get isTrusted(): boolean {
    return this.wrong < 2 || this.wrong < this.right;
  }

  /** Words that were always right, and often enough, save a request. */
  get isBelieved(): boolean {
    return this.wrong === 0 && this.right >= believed;
  }

  isKnown(name: string): boolean {
    return [this.refused, this.accepted, this.partial, this.refusedValue].some((known) => known.has(name));
  }

  take(names: readonly string[], answer: Numbered): void {
    for (const name of names) {
      this.accepted.set(name, answer);
      if (!this.good.includes(name)) this.good.push(name);
    }
  }

  /** One value passes, another does not. From now on the part is sent with the value that passes. */
  part(name: string, refused: Numbered, accepted: Numbered, index: number): void {
    this.partial.set(name, { refused, accepted, index });
    this.#bench.use(name, index);
    this.good.push(name);
  }

  /** The parts that do not need a refused or blamed part. */
  sendable(names: readonly string[]): string[] {
    return names.filter((name) => {
      const need = this.#bench.need(name);
      return need === undefined || this.accepted.has(need) || !(this.blamed.has(need) || this.isKnown(need));
    });
  }
}
