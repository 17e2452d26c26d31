import type { Json, JsonObject } from "@llm-provider/core";
import { parameterSpecs, specOf } from "../parameter-specs.ts";
import type { Numbered, Session } from "../session.ts";
import { namedFields } from "../words/named-fields.ts";
import type { Bench } from "./bench.ts";

/** The common part of every request of a search. */
export interface Base {
  readonly body: JsonObject;
  /** The accepted name of the output token limit; undefined if neither name is accepted. */
  readonly capName: string | undefined;
  readonly cap: number;
}

const caps = ["max_tokens", "max_completion_tokens"];

/** A request with these parameters, each with its usual value or a given one. */
export function bodyWith(
  { body, capName, cap }: Base,
  names: readonly string[],
  values: { readonly [name: string]: Json } = {},
): JsonObject {
  const all = new Set(names);
  for (const name of names) {
    const need = specOf.get(name)?.needs;
    if (need !== undefined) all.add(need);
  }
  const out: { [name: string]: Json | undefined } = { ...body };
  for (const { name, values: usual } of parameterSpecs)
    if (all.has(name)) out[name] = Object.hasOwn(values, name) ? values[name] : caps.includes(name) ? cap : usual[0];
  for (const name of names) if (!specOf.has(name)) out[name] = Object.hasOwn(values, name) ? values[name] : "probe";
  // The limit keeps every request cheap.
  if (capName !== undefined && !caps.some((name) => all.has(name))) out[capName] = cap;
  return out;
}

/** The sweep's bench: parameters of one request. */
export class ParameterBench implements Bench {
  readonly names: readonly string[];
  readonly #session: Session;
  readonly #base: Base;
  /** Accepted requests that later steps must be able to make. */
  readonly #reserve: { readonly requests: number; readonly accepted: number };
  /** Accepted requests: their parts are not tried again. */
  readonly #accepted: { readonly values: ReadonlyMap<string, string>; readonly answer: Numbered }[] = [];
  /** Values that replace the first one. */
  readonly #values: { [name: string]: Json } = {};

  constructor(
    session: Session,
    base: Base,
    names: readonly string[],
    reserve: { readonly requests: number; readonly accepted: number },
  ) {
    this.#session = session;
    this.#base = base;
    this.names = names;
    this.#reserve = reserve;
  }

  /** A request that was accepted before the search. */
  know(answer: Numbered, names: readonly string[]): void {
    if (answer.outcome === "accepted") this.#accepted.push({ values: valuesOf(answer.sent, names), answer });
  }

  need(name: string): string | undefined {
    return specOf.get(name)?.needs;
  }

  values(name: string): number {
    return specOf.get(name)?.values.length ?? 1;
  }

  hasRoom(): boolean {
    return this.#session.has(1 + this.#reserve.requests, 1 + this.#reserve.accepted);
  }

  ask(names: readonly string[]): Promise<Numbered> {
    return this.#send(bodyWith(this.#base, names, this.#values), names);
  }

  use(name: string, index: number): void {
    this.#values[name] = specOf.get(name)!.values[index]!;
  }

  async askValue(name: string, index: number): Promise<Numbered | undefined> {
    const value = specOf.get(name)?.values[index];
    if (!this.hasRoom() || (value === undefined && index > 0)) return undefined;
    // The first limit is the one that passed in the plain chat.
    const values = value === undefined || (caps.includes(name) && index === 0) ? {} : { [name]: value };
    return this.#send(bodyWith(this.#base, [name], values), [name]);
  }

  named(answer: Numbered, names: readonly string[]): string[] {
    return namedFields(answer.words, answer.body, names);
  }

  async #send(body: JsonObject, names: readonly string[]): Promise<Numbered> {
    const asked = valuesOf(
      body,
      names.flatMap((name) => [name, this.need(name) ?? name]),
    );
    const known = this.#accepted.find(({ values }) => [...asked].every(([name, value]) => values.get(name) === value));
    if (known) return known.answer;
    const answer = await this.#session.ask(body);
    if (answer.outcome === "accepted") this.#accepted.push({ values: asked, answer });
    return answer;
  }
}

function valuesOf(body: JsonObject, names: readonly string[]): Map<string, string> {
  return new Map(names.flatMap((name) => (body[name] === undefined ? [] : [[name, JSON.stringify(body[name])]])));
}
