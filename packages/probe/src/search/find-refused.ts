import type { Numbered } from "../session.ts";
import type { Bench } from "./bench.ts";
import { findPair } from "./find-pair.ts";

/** What a search found. Every part is in exactly one of `accepted`, `refused` and `unclear`. */
export interface Found {
  /** Parts that one request held together, and which was accepted. */
  readonly together: readonly string[];
  /** That request. */
  readonly proof: Numbered | undefined;
  /** Part → the answer that shows it. */
  readonly accepted: ReadonlyMap<string, Numbered>;
  /** Parts that were refused alone, whatever their value. */
  readonly refused: ReadonlyMap<string, Numbered>;
  /** Parts of which one value was refused and another accepted. */
  readonly partial: ReadonlyMap<
    string,
    { readonly refused: Numbered; readonly accepted: Numbered; readonly index: number }
  >;
  /** Parts of which nothing is known. */
  readonly unclear: ReadonlySet<string>;
  /** Two parts that are accepted alone and refused together. */
  readonly conflicts: readonly (readonly [string, string])[];
  /** The refusal of everything at once, and whom it named. */
  readonly first: { readonly answer: Numbered; readonly named: readonly string[] } | undefined;
}

/**
 * Finds the parts of a request that an endpoint refuses. Everything is sent at once; what the words name is taken out and
 * confirmed alone; where words name nothing, or wrongly, the set is halved. Nothing is called refused that was not refused
 * alone, unless the words have never been wrong and there is no room to ask.
 */
export async function findRefused(bench: Bench): Promise<Found> {
  return new Search(bench).run();
}

/** Parts that words blamed rightly before they are believed without being asked. */
const proven = 5;

/** Parts that words blamed rightly before they spare a question. */
const believed = 3;
/** More values than any part has. */
const mostRounds = 8;

/** Words about a value do not tell what happens to another value. */
const aboutValues =
  /\b(?:must be|should be|between|at most|at least|greater|less|value|range|default|maximum|minimum)\b|[<>]=/i;

class Search {
  readonly #bench: Bench;
  readonly #good: string[] = [];
  readonly #accepted = new Map<string, Numbered>();
  readonly #refused = new Map<string, Numbered>();
  readonly #partial = new Map<string, { refused: Numbered; accepted: Numbered; index: number }>();
  /** Parts of which a value was refused alone, with the number of the value that is next. */
  readonly #refusedValue = new Map<string, { readonly answer: Numbered; readonly next: number }>();
  readonly #unclear = new Set<string>();
  readonly #blamed = new Map<string, Numbered>();
  readonly #conflicts: [string, string][] = [];
  #first: { answer: Numbered; named: string[] } | undefined;
  #right = 0;
  #wrong = 0;

  constructor(bench: Bench) {
    this.#bench = bench;
  }

  async run(): Promise<Found> {
    const rest = await this.#takeOutNamed([...this.#bench.names]);
    await this.#search(rest);
    await this.#confirmBlamed();
    await this.#askDependents();
    await this.#askOtherValues();
    this.#believeWords();
    const { together, proof } = await this.#settle();
    for (const name of this.#bench.names)
      if (!this.#accepted.has(name) && !this.#refused.has(name) && !this.#partial.has(name)) this.#unclear.add(name);
    return {
      together,
      proof,
      accepted: this.#accepted,
      refused: this.#refused,
      partial: this.#partial,
      unclear: this.#unclear,
      conflicts: this.#conflicts,
      first: this.#first,
    };
  }

  get #isTrusted(): boolean {
    return this.#wrong < 2 || this.#wrong < this.#right;
  }

  /** Everything at once, then without what is named, again and again. Returns what is still refused when the words fail. */
  async #takeOutNamed(names: string[]): Promise<string[]> {
    let rest = names;
    while (rest.length > 0 && this.#bench.hasRoom()) {
      const answer = await this.#bench.ask(rest);
      if (answer.outcome === "accepted") {
        this.#take(rest, answer);
        return [];
      }
      const named = answer.outcome === "refused" && this.#isTrusted ? this.#bench.named(answer, rest) : [];
      this.#first ??= answer.outcome === "refused" ? { answer, named } : undefined;
      if (named.length === 0) return rest;
      for (const name of named) this.#blamed.set(name, answer);
      rest = this.#sendable(rest.filter((name) => !this.#blamed.has(name)));
      // One at a time may go on for long: words that lie are found out at once.
      if (named.length === 1 && rest.length > 0) {
        await this.#confirm(named[0]!);
        if (this.#accepted.has(named[0]!)) await this.#askOther(answer, named[0]!, rest);
      }
      rest = this.#sendable(rest.filter((name) => !this.#blamed.has(name)));
    }
    return rest;
  }

  /** What was named first passes alone. The words may speak of a second part, which is at fault, or of the two together. */
  async #askOther(answer: Numbered, one: string, rest: readonly string[]): Promise<void> {
    const others = this.#bench.named(answer, rest);
    const [other] = others;
    if (other === undefined || others.length > 1 || !this.#bench.hasRoom()) return;
    await this.#confirm(other);
    const isPair =
      this.#accepted.has(other) && this.#bench.hasRoom() && (await this.#bench.ask([one, other])).outcome === "refused";
    if (isPair) this.#conflicts.push([one, other]);
    // Then the words told the truth.
    if (isPair || !this.#accepted.has(other)) this.#wrong--;
    if (!this.#accepted.has(other)) this.#blamed.set(other, answer);
  }

  /** Without the parts that need one which is refused or blamed. */
  #sendable(names: readonly string[]): string[] {
    return names.filter((name) => {
      const need = this.#bench.need(name);
      return need === undefined || this.#accepted.has(need) || !(this.#blamed.has(need) || this.#isKnown(need));
    });
  }

  #take(names: readonly string[], answer: Numbered): void {
    for (const name of names) {
      this.#accepted.set(name, answer);
      if (!this.#good.includes(name)) this.#good.push(name);
    }
  }

  /** Is one part refused alone, with each of its values? */
  async #confirm(name: string): Promise<void> {
    if (this.#isKnown(name)) return;
    const blame = this.#blamed.get(name);
    const need = this.#bench.need(name);
    if (need !== undefined && !this.#isKnown(need)) await this.#confirm(need);
    if (need !== undefined && !this.#accepted.has(need)) {
      // It is never sent without what it needs: words that name it beside that one must do.
      return;
    }
    if (!this.#bench.hasRoom()) return;
    // Words that were right each time spare the first value alone: it has been refused among others.
    const isBelieved = blame !== undefined && this.#right >= believed && this.#wrong === 0;
    const index = isBelieved && this.#bench.values(name) > 1 ? 1 : 0;
    const answer = await this.#bench.askValue(name, index);
    if (answer === undefined || answer.outcome === "unclear") return;
    if (answer.outcome === "accepted" && index === 0) {
      if (blame) this.#wrong++;
      return this.#take([name], answer);
    }
    if (answer.outcome === "accepted") {
      const first = await this.#bench.askValue(name, 0);
      if (first?.outcome === "refused") return this.#part(name, first, answer, index);
      this.#wrong++;
      return this.#take([name], first?.outcome === "accepted" ? first : answer);
    }
    if (blame) this.#right++;
    if (index + 1 < this.#bench.values(name)) this.#refusedValue.set(name, { answer, next: index + 1 });
    else this.#refused.set(name, answer);
  }

  /** One value passes, another does not. From here on the part comes with the one that passes. */
  #part(name: string, refused: Numbered, accepted: Numbered, index: number): void {
    this.#partial.set(name, { refused, accepted, index });
    this.#bench.use(name, index);
    this.#good.push(name);
  }

  /** One value was refused. Are the others? Without room to ask, nothing is known. */
  async #askOtherValues(): Promise<void> {
    await this.#askTogether();
    const waiting = [...this.#refusedValue].sort(
      ([a, { next }], [b, other]) => this.#bench.values(a) - next - (this.#bench.values(b) - other.next),
    );
    for (const [name, { answer: refused, next }] of waiting) {
      let index = next;
      while (index < this.#bench.values(name)) {
        const answer = this.#bench.hasRoom() ? await this.#bench.askValue(name, index) : undefined;
        if (answer?.outcome === "accepted") this.#part(name, refused, answer, index);
        if (answer?.outcome !== "refused") break;
        index++;
      }
      if (index === this.#bench.values(name)) this.#refused.set(name, refused);
    }
  }

  /** Words that name all are asked about the next values of all at once. Whom they do not name is asked alone. */
  async #askTogether(): Promise<void> {
    const namesAll = (this.#first?.named.length ?? 0) > 1 && this.#right >= believed && this.#wrong === 0;
    for (let round = 0; namesAll && round < mostRounds; round++) {
      const waiting = [...this.#refusedValue].filter(
        ([name, { next }]) => next < this.#bench.values(name) && this.#bench.need(name) === undefined,
      );
      if (waiting.length < 2 || !this.#bench.hasRoom()) return;
      for (const [name, { next }] of waiting) this.#bench.use(name, next);
      const names = waiting.map(([name]) => name);
      const answer = await this.#bench.ask(names);
      for (const name of names) this.#bench.use(name, 0);
      if (answer.outcome !== "refused") return;
      const named = this.#bench.named(answer, names);
      for (const [name, { answer: first, next }] of waiting)
        if (named.includes(name)) this.#refusedValue.set(name, { answer: first, next: next + 1 });
      if (named.length < names.length) return;
    }
  }

  async #confirmBlamed(): Promise<void> {
    for (const name of this.#blamed.keys()) {
      if (!this.#isTrusted) break;
      await this.#confirm(name);
    }
    const rest = [...this.#blamed.keys()].filter((name) => !this.#isKnown(name));
    if (!this.#isTrusted && rest.length > 0) await this.#halveIfRefused(rest);
  }

  /** Words that were right each time are believed of what could not be asked: for want of room, or of what it needs. */
  #believeWords(): void {
    if (this.#wrong > 0) return;
    for (const [name, answer] of this.#blamed) {
      const need = this.#bench.need(name);
      const isNeedRefused = need !== undefined && (this.#refused.has(need) || this.#refusedValue.has(need));
      if (!this.#isKnown(name) && !aboutValues.test(answer.words) && this.#right >= (isNeedRefused ? 2 : proven))
        this.#refused.set(name, answer);
    }
  }

  #isKnown(name: string): boolean {
    return [this.#refused, this.#accepted, this.#partial, this.#refusedValue].some((known) => known.has(name));
  }

  /** What had to be left out because its need was blamed, and that was wrong. */
  async #askDependents(): Promise<void> {
    for (const name of this.#bench.names) {
      const need = this.#bench.need(name);
      if (need !== undefined && !this.#isKnown(name) && this.#accepted.has(need)) await this.#confirm(name);
    }
  }

  async #halveIfRefused(names: readonly string[]): Promise<void> {
    const rest = this.#sendable(names).filter((name) => !this.#isKnown(name));
    if (rest.length === 0 || !this.#bench.hasRoom()) return;
    if (rest.length === 1) return this.#confirm(rest[0]!);
    const answer = await this.#bench.ask(rest);
    if (answer.outcome === "accepted") return this.#take(rest, answer);
    await this.#halve(await this.#withoutNamed(rest, answer));
  }

  /** Words that name some of a refused set spare the halving. */
  async #withoutNamed(names: readonly string[], answer: Numbered): Promise<string[]> {
    const named = answer.outcome === "refused" && this.#isTrusted ? this.#bench.named(answer, names) : [];
    if (named.length === 0 || named.length === names.length) return [...names];
    for (const name of named) {
      this.#blamed.set(name, answer);
      await this.#confirm(name);
    }
    const rest = this.#sendable(names).filter((name) => !this.#isKnown(name));
    if (named.every((name) => this.#accepted.has(name))) return rest;
    await this.#halveIfRefused(rest);
    return [];
  }

  /** A set that was refused as a whole: in groups as large as they are likely to pass, each refused one in halves. */
  async #search(names: readonly string[]): Promise<void> {
    let rest = [...names];
    while (rest.length > 0 && this.#bench.hasRoom()) {
      const bad = this.#refused.size + this.#refusedValue.size;
      const density = (bad + 1) / (bad + this.#accepted.size + 4);
      const size = Math.max(1, Math.round(0.7 / density));
      await this.#halveIfRefused(rest.slice(0, size));
      rest = this.#sendable(rest.slice(size)).filter((name) => !this.#isKnown(name));
    }
  }

  /** A set that holds something refused: in halves, each refused half in halves. */
  async #halve(names: readonly string[]): Promise<void> {
    const rest = this.#sendable(names).filter((name) => !this.#isKnown(name));
    if (rest.length === 0 || !this.#bench.hasRoom()) return;
    if (rest.length === 1) return this.#confirm(rest[0]!);
    const middle = Math.ceil(rest.length / 2);
    const [left, right] = [rest.slice(0, middle), rest.slice(middle)];
    await this.#halveIfRefused(left);
    // Where the left half passes, the fault is in the right one.
    if (left.every((name) => this.#accepted.has(name))) await this.#halve(right);
    else await this.#halveIfRefused(right);
  }

  /** A part that needs another never comes without it: then the conflict may be the other's. */
  async #withoutDependents([a, b]: [string, string]): Promise<[string, string] | undefined> {
    const [first, second] = [this.#bench.need(a) ?? a, this.#bench.need(b) ?? b];
    if ((first === a && second === b) || first === second) return [a, b];
    if (!this.#bench.hasRoom()) return undefined;
    return (await this.#bench.ask([first, second])).outcome === "refused" ? [first, second] : [a, b];
  }

  /** All that was accepted, in one request; two that are refused only together are parted. */
  async #settle(): Promise<{ together: string[]; proof: Numbered | undefined }> {
    const parted = this.#conflicts.map(([one]) => one);
    let together = this.#bench.names.filter(
      (name) => this.#good.includes(name) && !parted.includes(name) && !parted.includes(this.#bench.need(name) ?? ""),
    );
    const last = together.map((name) => this.#accepted.get(name));
    if (together.length === 0 || last.every((answer) => answer === last[0])) return { together, proof: last[0] };
    while (this.#bench.hasRoom()) {
      const answer = await this.#bench.ask(together);
      if (answer.outcome === "accepted") return { together, proof: answer };
      if (answer.outcome !== "refused") break;
      const found = await findPair(this.#bench, together, answer);
      if (found === undefined) break;
      const pair = await this.#withoutDependents(found);
      if (pair === undefined) break;
      this.#conflicts.push(pair);
      together = together.filter((name) => name !== pair[0] && this.#bench.need(name) !== pair[0]);
    }
    return { together: [], proof: undefined };
  }
}
