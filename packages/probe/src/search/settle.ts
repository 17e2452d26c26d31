import type { Numbered } from "../session.ts";
import type { Bench } from "./bench.ts";
import type { Findings } from "./findings.ts";
import { findPair } from "./find-pair.ts";

/** A part is always sent with the part that it needs, so the conflict may be the other's. */
async function withoutDependents(
  bench: Bench,
  [a, b]: readonly [string, string],
): Promise<[string, string] | undefined> {
  const [first, second] = [bench.need(a) ?? a, bench.need(b) ?? b];
  if ((first === a && second === b) || first === second) return [a, b];
  if (!bench.hasRoom()) return undefined;
  return (await bench.ask([first, second])).outcome === "refused" ? [first, second] : [a, b];
}

/** All accepted parts in one request; two that are refused only together are separated. */
export async function settle(
  bench: Bench,
  known: Findings,
): Promise<{ together: string[]; proof: Numbered | undefined }> {
  const parted = known.conflicts.map(([one]) => one);
  let together = bench.names.filter(
    (name) => known.good.includes(name) && !parted.includes(name) && !parted.includes(bench.need(name) ?? ""),
  );
  const last = together.map((name) => known.accepted.get(name));
  if (together.length === 0 || last.every((answer) => answer === last[0])) return { together, proof: last[0] };
  while (bench.hasRoom()) {
    const answer = await bench.ask(together);
    if (answer.outcome === "accepted") return { together, proof: answer };
    if (answer.outcome !== "refused") break;
    const found = await findPair(bench, together, answer);
    if (found === undefined) break;
    const pair = await withoutDependents(bench, found);
    if (pair === undefined) break;
    known.conflicts.push(pair);
    together = together.filter((name) => name !== pair[0] && bench.need(name) !== pair[0]);
  }
  return { together: [], proof: undefined };
}
