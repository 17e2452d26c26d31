/** A text that can be found as a whole. Here each document is short enough to be one passage. */
export interface Passage {
  /** The name of its file, without `.md`. */
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

/** A passage to be kept, with what helps to find it. */
export interface KeptPassage extends Passage {
  /** Questions that it answers, in other words than its own. They are searched and never shown. */
  readonly questions: readonly string[];
}

export interface FoundPassage extends Passage {
  /** The higher, the better. Comparable within one search alone. */
  readonly score: number;
  /** Its place in each ranking that found it, from 1. */
  readonly places: { readonly [ranking: string]: number };
}

export interface Query {
  /** The question, as a person asks it. */
  readonly text: string;
  /** Its vector, of the same model as the passages' vectors. Without it words alone are searched. */
  readonly vector?: readonly number[] | undefined;
  readonly limit: number;
}

/** What the example needs of a place that keeps passages. */
export interface Store {
  readonly name: string;
  /** Replaces what is kept. `vectors` are in the order of the passages; without them nothing is found by meaning. */
  fill(
    passages: readonly KeptPassage[],
    vectors: readonly (readonly number[])[] | undefined,
    fingerprint: string,
  ): Promise<void>;
  /** What it was last filled with. `undefined`: nothing, or the store does not keep that. */
  fingerprint(): Promise<string | undefined>;
  /** Best first. */
  search(query: Query): Promise<FoundPassage[]>;
  close(): Promise<void>;
}
