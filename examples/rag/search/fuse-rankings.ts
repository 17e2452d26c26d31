/** Ids by ranking, best first. */
export type Rankings = { readonly [ranking: string]: readonly string[] };

export interface Fused {
  readonly id: string;
  readonly score: number;
  readonly places: { readonly [ranking: string]: number };
}

/** How much the first places count more than later ones: 60 is the constant of Cormack, Clarke and Büttcher (SIGIR 2009). */
const flatness = 60;

/**
 * Reciprocal rank fusion: 1 / (60 + place), added up over the rankings. Scores of different kinds need not be comparable.
 * @param weights By ranking. @default 1 each
 */
export function fuseRankings(rankings: Rankings, weights: { readonly [ranking: string]: number } = {}): Fused[] {
  const fused = new Map<string, { score: number; places: { [ranking: string]: number } }>();
  for (const [ranking, ids] of Object.entries(rankings))
    ids.forEach((id, at) => {
      const entry = fused.get(id) ?? { score: 0, places: {} };
      entry.score += (weights[ranking] ?? 1) / (flatness + at + 1);
      entry.places[ranking] = at + 1;
      fused.set(id, entry);
    });
  return [...fused].map(([id, entry]) => ({ id, ...entry })).sort((one, two) => two.score - one.score);
}
