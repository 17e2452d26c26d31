import type { Numbered } from "../session.ts";
import type { Bench } from "./bench.ts";

/**
 * Two parts that are refused only together, in a set whose parts are all accepted alone. The first of the two must be
 * left out. Undefined if no requests are left to find them, or if it takes three.
 */
export async function findPair(
  bench: Bench,
  names: readonly string[],
  answer: Numbered,
): Promise<[string, string] | undefined> {
  const named = bench.named(answer, names);
  const isPair = async (a: string, b: string): Promise<boolean> =>
    a !== b && bench.hasRoom() && (await bench.ask([a, b])).outcome === "refused";
  const ordered = (a: string, b: string): [string, string] => (names.indexOf(a) <= names.indexOf(b) ? [a, b] : [b, a]);
  if (named.length === 2 && (await isPair(named[0]!, named[1]!))) return ordered(named[0]!, named[1]!);
  const one = (named.length === 1 ? named[0] : undefined) ?? (await lastOfRefused(bench, names, []));
  if (one === undefined) return undefined;
  let other = await lastOfRefused(
    bench,
    names.filter((name) => name !== one),
    [one],
  );
  if (other !== undefined && (await isPair(one, other))) return ordered(one, other);
  if (named.length !== 1) return undefined;
  // The named part is not at fault.
  const real = await lastOfRefused(bench, names, []);
  if (real === undefined) return undefined;
  other = await lastOfRefused(
    bench,
    names.filter((name) => name !== real),
    [real],
  );
  return other !== undefined && (await isPair(real, other)) ? ordered(real, other) : undefined;
}

/** The last index of the shortest beginning of a list that is refused beside `fixed`. The whole list is known to be refused. */
async function lastOfRefused(
  bench: Bench,
  names: readonly string[],
  fixed: readonly string[],
): Promise<string | undefined> {
  let [low, high] = [fixed.length === 0 ? 1 : 0, names.length];
  while (high - low > 1) {
    if (!bench.hasRoom()) return undefined;
    const middle = Math.floor((low + high) / 2);
    const beginning = names.slice(0, middle);
    const { outcome } = await bench.ask([...beginning, ...fixed]);
    if (outcome === "accepted") low = middle;
    else if (outcome === "refused") high = middle;
    else return undefined;
  }
  return names[high - 1];
}
