import type { Numbered } from "../session.ts";
import type { Bench } from "./bench.ts";
import { askOtherValues, believeWords } from "./ask-other-values.ts";
import { Findings } from "./findings.ts";
import { settle } from "./settle.ts";

/** The results of a search. A part that is in none of the maps is unknown. */
export interface Found {
  /** Parts of one accepted request. */
  readonly together: readonly string[];
  /** That request. */
  readonly proof: Numbered | undefined;
  /** Part → the answer that shows it. */
  readonly accepted: ReadonlyMap<string, Numbered>;
  /** Parts that were refused alone, whatever their value. */
  readonly refused: ReadonlyMap<string, Numbered>;
  /** Parts with one refused and another accepted value. */
  readonly partial: ReadonlyMap<
    string,
    { readonly refused: Numbered; readonly accepted: Numbered; readonly index: number }
  >;
  /** Two parts that are accepted alone and refused together. */
  readonly conflicts: readonly (readonly [string, string])[];
  /** The refusal of everything at once, and the parts that it named. */
  readonly first: { readonly answer: Numbered; readonly named: readonly string[] } | undefined;
}

/**
 * Finds the parts of a request that an endpoint refuses. Everything is sent at once; parts that the words name are removed and
 * confirmed alone; if the words name no part or a wrong one, the set is halved. A part counts as refused only if it was refused
 * alone, or if the words have never been wrong and no requests are left.
 */
export async function findRefused(bench: Bench): Promise<Found> {
  return new Search(bench).run();
}

class Search {
  readonly #bench: Bench;
  readonly #known: Findings;

  constructor(bench: Bench) {
    this.#bench = bench;
    this.#known = new Findings(bench);
  }

  async run(): Promise<Found> {
    const rest = await this.#takeOutNamed([...this.#bench.names]);
    await this.#search(rest);
    await this.#confirmBlamed();
    await this.#askDependents();
    await askOtherValues(this.#bench, this.#known);
    await believeWords(this.#bench, this.#known);
    const { together, proof } = await settle(this.#bench, this.#known);
    const { accepted, refused, partial, conflicts, first } = this.#known;
    return { together, proof, accepted, refused, partial, conflicts, first };
  }

  /** Everything at once, then repeatedly without the named parts. Returns the parts that are still refused when the words fail. */
  async #takeOutNamed(names: string[]): Promise<string[]> {
    let rest = names;
    while (rest.length > 0 && this.#bench.hasRoom()) {
      const answer = await this.#bench.ask(rest);
      if (answer.outcome === "accepted") {
        this.#known.take(rest, answer);
        return [];
      }
      const named = answer.outcome === "refused" && this.#known.isTrusted ? this.#bench.named(answer, rest) : [];
      this.#known.first ??= answer.outcome === "refused" ? { answer, named } : undefined;
      if (named.length === 0) return rest;
      for (const name of named) this.#known.blamed.set(name, answer);
      rest = this.#known.sendable(rest.filter((name) => !this.#known.blamed.has(name)));
      // Naming one part at a time may take long, so wrong words are detected at once.
      if (named.length === 1 && rest.length > 0) {
        await this.#confirm(named[0]!);
        if (this.#known.accepted.has(named[0]!)) await this.#askOther(answer, named[0]!, rest);
      }
      rest = this.#known.sendable(rest.filter((name) => !this.#known.blamed.has(name)));
    }
    return rest;
  }

  /** The first named part passes alone. The words may mean a second part, or the two together. */
  async #askOther(answer: Numbered, one: string, rest: readonly string[]): Promise<void> {
    const others = this.#bench.named(answer, rest);
    const [other] = others;
    if (other === undefined || others.length > 1 || !this.#bench.hasRoom()) return;
    await this.#confirm(other);
    const isPair =
      this.#known.accepted.has(other) &&
      this.#bench.hasRoom() &&
      (await this.#bench.ask([one, other])).outcome === "refused";
    if (isPair) this.#known.conflicts.push([one, other]);
    // Then the words were right.
    if (isPair || !this.#known.accepted.has(other)) this.#known.wrong--;
    if (!this.#known.accepted.has(other)) this.#known.blamed.set(other, answer);
  }

  /** Is one part refused alone, with each of its values? */
  async #confirm(name: string): Promise<void> {
    if (this.#known.isKnown(name)) return;
    const blame = this.#known.blamed.get(name);
    const need = this.#bench.need(name);
    if (need !== undefined && !this.#known.isKnown(need)) await this.#confirm(need);
    if (need !== undefined && !this.#known.accepted.has(need)) {
      // It is never sent without the part that it needs: being named beside that part must suffice.
      return;
    }
    if (!this.#bench.hasRoom()) return;
    // Words that were always right save the request for the first value alone: it was refused among others.
    const isBelieved = blame !== undefined && this.#known.isBelieved;
    const index = isBelieved && this.#bench.values(name) > 1 ? 1 : 0;
    const answer = await this.#bench.askValue(name, index);
    if (answer === undefined || answer.outcome === "unclear") return;
    if (answer.outcome === "accepted" && index === 0) {
      if (blame) this.#known.wrong++;
      return this.#known.take([name], answer);
    }
    if (answer.outcome === "accepted") {
      const first = await this.#bench.askValue(name, 0);
      if (first?.outcome === "refused") return this.#known.part(name, first, answer, index);
      this.#known.wrong++;
      return this.#known.take([name], first?.outcome === "accepted" ? first : answer);
    }
    if (blame) this.#known.right++;
    if (index + 1 < this.#bench.values(name)) this.#known.refusedValue.set(name, { answer, next: index + 1 });
    else this.#known.refused.set(name, answer);
  }

  async #confirmBlamed(): Promise<void> {
    for (const name of this.#known.blamed.keys()) {
      if (!this.#known.isTrusted) break;
      await this.#confirm(name);
    }
    const rest = [...this.#known.blamed.keys()].filter((name) => !this.#known.isKnown(name));
    if (!this.#known.isTrusted && rest.length > 0) await this.#halveIfRefused(rest);
  }

  /** Parts that were left out because the part that they need was wrongly blamed. */
  async #askDependents(): Promise<void> {
    for (const name of this.#bench.names) {
      const need = this.#bench.need(name);
      if (need !== undefined && !this.#known.isKnown(name) && this.#known.accepted.has(need)) await this.#confirm(name);
    }
  }

  async #halveIfRefused(names: readonly string[]): Promise<void> {
    const rest = this.#known.sendable(names).filter((name) => !this.#known.isKnown(name));
    if (rest.length === 0 || !this.#bench.hasRoom()) return;
    if (rest.length === 1) return this.#confirm(rest[0]!);
    const answer = await this.#bench.ask(rest);
    if (answer.outcome === "accepted") return this.#known.take(rest, answer);
    await this.#halve(await this.#withoutNamed(rest, answer));
  }

  /** If the words name some parts of a refused set, halving is not needed. */
  async #withoutNamed(names: readonly string[], answer: Numbered): Promise<string[]> {
    const named = answer.outcome === "refused" && this.#known.isTrusted ? this.#bench.named(answer, names) : [];
    if (named.length === 0 || named.length === names.length) return [...names];
    for (const name of named) {
      this.#known.blamed.set(name, answer);
      await this.#confirm(name);
    }
    const rest = this.#known.sendable(names).filter((name) => !this.#known.isKnown(name));
    if (named.every((name) => this.#known.accepted.has(name))) return rest;
    await this.#halveIfRefused(rest);
    return [];
  }

  /** A refused set: tried in groups that are likely to pass, and each refused group in halves. */
  async #search(names: readonly string[]): Promise<void> {
    let rest = [...names];
    while (rest.length > 0 && this.#bench.hasRoom()) {
      const bad = this.#known.refused.size + this.#known.refusedValue.size;
      const density = (bad + 1) / (bad + this.#known.accepted.size + 4);
      const size = Math.max(1, Math.round(0.7 / density));
      await this.#halveIfRefused(rest.slice(0, size));
      rest = this.#known.sendable(rest.slice(size)).filter((name) => !this.#known.isKnown(name));
    }
  }

  /** A set with something refused in it: tried in halves, and each refused half in halves again. */
  async #halve(names: readonly string[]): Promise<void> {
    const rest = this.#known.sendable(names).filter((name) => !this.#known.isKnown(name));
    if (rest.length === 0 || !this.#bench.hasRoom()) return;
    if (rest.length === 1) return this.#confirm(rest[0]!);
    const middle = Math.ceil(rest.length / 2);
    const [left, right] = [rest.slice(0, middle), rest.slice(middle)];
    await this.#halveIfRefused(left);
    // If the left half passes, the fault is in the right one.
    if (left.every((name) => this.#known.accepted.has(name))) await this.#halve(right);
    else await this.#halveIfRefused(right);
  }
}
