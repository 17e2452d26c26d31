/** A text that a search finds as a whole. Here each document is short enough to be one passage. */
export interface Passage {
  /** The file name, without `.md`. */
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

/** A passage to store, with texts that help to find it. */
export interface KeptPassage extends Passage {
  /** Questions that the passage answers, in other words than its own. They are searched and never shown. */
  readonly questions: readonly string[];
}

export interface FoundPassage extends Passage {
  /** The higher, the better. Comparable within one search alone. */
  readonly score: number;
  /** The place in each ranking that found the passage, from 1. */
  readonly places: { readonly [ranking: string]: number };
}

export interface Query {
  /** The question, as a person asks it. */
  readonly text: string;
  /** The question's vector, made by the model of the passages' vectors. Without it, the store searches by words alone. */
  readonly vector?: readonly number[] | undefined;
  readonly limit: number;
}

/** A place that stores and searches passages. */
export interface Store {
  readonly name: string;
  /** Replaces all passages. `vectors` are in the order of the passages; without them no search by meaning is possible. */
  fill(
    passages: readonly KeptPassage[],
    vectors: readonly (readonly number[])[] | undefined,
    fingerprint: string,
  ): Promise<void>;
  /** The fingerprint of the last fill. `undefined`: the store is empty, or does not keep it. */
  fingerprint(): Promise<string | undefined>;
  /** Best first. */
  search(query: Query): Promise<FoundPassage[]>;
  close(): Promise<void>;
}
