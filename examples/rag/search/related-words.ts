import { readFileSync } from "node:fs";
import { join } from "node:path";

interface Entry {
  /** How often the counted texts of WordNet use a word with this stem. */
  readonly count: number;
  /** Closeness by stem, 0.2 to 0.9. */
  readonly related: ReadonlyMap<string, number>;
}

let entries: Map<string, Entry> | undefined;

/** Stems that mean something like this one: the word itself at 1, then what WordNet connects with it. */
export function relatedStems(stem: string): ReadonlyMap<string, number> {
  return new Map([...(entryOf(stem)?.related ?? []), [stem, 1]]);
}

/**
 * How much a word tells, whatever the documents are: 1 for one that English hardly uses, less for everyday ones. It stands
 * beside the count in the documents, which thirty of them are too few for.
 */
export function tellingWeight(stem: string): number {
  return 1 / (1 + Math.sqrt((entryOf(stem)?.count ?? 0) / 150));
}

function entryOf(stem: string): Entry | undefined {
  entries ??= readEntries();
  return entries.get(stem);
}

function readEntries(): Map<string, Entry> {
  const text = readFileSync(join(import.meta.dirname, "..", "related-words", "related-words.txt"), "utf8");
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    lines.map((line) => {
      const [stem = "", count, ...related] = line.split(" ");
      const pairs = related.map((item): [string, number] => [item.slice(0, -1), Number(item.at(-1)) / 10]);
      return [stem, { count: Number(count), related: new Map(pairs) }];
    }),
  );
}
