import type { Numbered } from "../session.ts";
import type { Bench } from "./bench.ts";

/** Parts that words blamed rightly before they spare a question. */
const believed = 3;

/** What a search knows so far. */
export class Findings {
  readonly #bench: Bench;
  /** Parts that were accepted with the value that they come with. */
  readonly good: string[] = [];
  readonly accepted: Map<string, Numbered> = new Map();
  readonly refused: Map<string, Numbered> = new Map();
  readonly partial: Map<string, { refused: Numbered; accepted: Numbered; index: number }> = new Map();
  /** Parts of which a value was refused alone, with the number of the value that is next. */
  readonly refusedValue: Map<string, { readonly answer: Numbered; readonly next: number }> = new Map();
  /** Parts that words named, with those words. */
  readonly blamed: Map<string, Numbered> = new Map();
  readonly conflicts: [string, string][] = [];
  first: { readonly answer: Numbered; readonly named: readonly string[] } | undefined;
  /** How often words blamed a part that was refused alone, and one that was not. */
  right = 0;
  wrong = 0;

  constructor(bench: Bench) {
    this.#bench = bench;
  }

  get isTrusted(): boolean {
    return this.wrong < 2 || this.wrong < this.right;
  }

  /** Words that were right each time, and often enough, spare a question. */
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

  /** One value passes, another does not. From here on the part comes with the one that passes. */
  part(name: string, refused: Numbered, accepted: Numbered, index: number): void {
    this.partial.set(name, { refused, accepted, index });
    this.#bench.use(name, index);
    this.good.push(name);
  }

  /** Without the parts that need one which is refused or blamed. */
  sendable(names: readonly string[]): string[] {
    return names.filter((name) => {
      const need = this.#bench.need(name);
      return need === undefined || this.accepted.has(need) || !(this.blamed.has(need) || this.isKnown(need));
    });
  }
}
