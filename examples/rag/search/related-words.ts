import { readFileSync } from "node:fs";
import { join } from "node:path";

interface Entry {
  /** How often WordNet's counted texts use a word with this stem. */
  readonly count: number;
  /** Closeness by stem, 0.2 to 0.9. */
  readonly related: ReadonlyMap<string, number>;
}

let entries: Map<string, Entry> | undefined;

/** Stems of similar meaning: the word itself at 1, then the words that WordNet connects with it. */
export function relatedStems(stem: string): ReadonlyMap<string, number> {
  return new Map([...(entryOf(stem)?.related ?? []), [stem, 1]]);
}

/**
 * How informative a word is in any document: 1 for a word that English hardly uses, less for everyday words. It complements the
 * count in the documents, because thirty are too few for that.
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
