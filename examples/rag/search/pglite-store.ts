import { mkdirSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { vector } from "@electric-sql/pglite-pgvector";
import { fuseRankings, type Rankings } from "./fuse-rankings.ts";
import { questionWords } from "./question-words.ts";
import { relatedStems, tellingWeight } from "./related-words.ts";
import type { KeptPassage, Passage, Query, Store } from "./store.ts";

const tables = `
create extension if not exists vector;
create table if not exists filled (fingerprint text not null);
create table if not exists passages (id text primary key, title text not null, text text not null, questions text not null, length real not null, embedding vector);
create table if not exists terms (stem text, passage text references passages on delete cascade, count real not null, primary key (stem, passage));
create table if not exists windows (stem text, passage text references passages on delete cascade, at int, size real not null, primary key (stem, passage, at));
`;

/** Stems of title and text with PostgreSQL's English configuration. A word of the title counts twice. */
const addTerms = `
insert into terms
select lexeme, id, sum(count) from passages,
  lateral (
    select lexeme, 2 * cardinality(positions) as count from unnest(to_tsvector('english', title))
    union all
    select lexeme, cardinality(positions) from unnest(to_tsvector('english', text || ' ' || questions))
  ) words
group by lexeme, id`;

const addLengths = `
update passages set length = (select coalesce(sum(count), 1) from terms where passage = id)`;

const addWindows = `
insert into windows
select lexeme, passage, at, count(*) over (partition by passage, at) from unnest($1::text[], $2::int[], $3::text[]) window_(passage, at, text),
  lateral unnest(to_tsvector('english', text))`;

/** The words of the question, each with the stems that may replace it. */
const asked = `
asked as (select * from unnest($1::text[], $2::text[], $3::real[], $4::real[], $5::real[])
  as asked(word, stem, closeness, word_weight, stem_weight))`;

/** BM25 with k1 = 1.2 and b = 0.75. Only the best of the stems that may replace a word counts. */
const byWords = `
with ${asked},
average as (select avg(length) as length from passages),
matches as (
  select passage, word, max(closeness * least(word_weight, stem_weight)
    * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * passages.length / average.length))) as score
  from asked join terms using (stem) join passages on id = passage, average
  where closeness >= $6 group by passage, word)
select passage from matches group by passage order by sum(score) desc, passage limit $7`;

/** The two neighbouring sentences, or the expected question, that cover most of the question. Long ones do so by chance. */
const bySentences = `
with ${asked},
matches as (
  select passage, at, word, max(closeness * word_weight / power(size, 0.25)) as score
  from asked join windows using (stem) where closeness >= $6 group by passage, at, word),
sums as (select passage, at, sum(score) as score from matches group by passage, at)
select passage from sums group by passage order by max(score) desc, passage limit $7`;

const byMeaning = `
select id as passage from passages where embedding is not null order by embedding <=> $1::vector limit $2`;

/** How many places of a ranking count for a passage. */
const depth = 50;

/**
 * PostgreSQL in this process, with pgvector: it needs a folder and no server.
 * @param folder The folder for its files. @default in memory
 */
export async function openPgliteStore(folder?: string): Promise<Store> {
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
  const database = await PGlite.create({ ...(folder !== undefined && { dataDir: folder }), extensions: { vector } });
  await database.exec(tables);

  return {
    name: folder === undefined ? "PGlite, in memory" : `PGlite in ${folder}`,
    close: () => database.close(),
    async fingerprint() {
      const { rows } = await database.query<{ fingerprint: string }>("select fingerprint from filled");
      return rows[0]?.fingerprint;
    },
    fill: (passages, vectors, fingerprint) => fillDatabase(database, passages, vectors, fingerprint),
    async search(query) {
      const fused = fuseRankings(await rank(query), { meaning: 2 }).slice(0, query.limit);
      const { rows } = await database.query<Passage>("select id, title, text from passages where id = any($1)", [
        fused.map(({ id }) => id),
      ]);
      const byId = new Map(rows.map((row) => [row.id, row]));
      return fused.map((one) => ({ ...byId.get(one.id)!, ...one }));
    },
  };

  async function rank({ text, vector: asVector }: Query): Promise<Rankings> {
    const words = await askedWords(text);
    const ranked = async (sql: string, parameters: unknown[]): Promise<string[]> =>
      (await database.query<{ passage: string }>(sql, parameters)).rows.map(({ passage }) => passage);
    return {
      words: await ranked(byWords, [...words, 1, depth]),
      "related words": await ranked(byWords, [...words, 0, depth]),
      sentences: await ranked(bySentences, [...words, 0, depth]),
      ...(asVector && { meaning: await ranked(byMeaning, [JSON.stringify(asVector), depth]) }),
    };
  }

  /** The columns of `asked`. */
  async function askedWords(text: string): Promise<unknown[][]> {
    const { rows: found } = await database.query<{ lexeme: string }>(
      "select lexeme from unnest(to_tsvector('english', $1))",
      [questionWords(text)],
    );
    const pairs = found.flatMap(({ lexeme: word }) =>
      [...relatedStems(word)].map(([stem, closeness]) => ({ word, stem, closeness })),
    );
    const weights = await stemWeights([...new Set(pairs.flatMap(({ word, stem }) => [word, stem]))]);
    return [
      pairs.map(({ word }) => word),
      pairs.map(({ stem }) => stem),
      pairs.map(({ closeness }) => closeness),
      pairs.map(({ word }) => weights.get(word)),
      pairs.map(({ stem }) => weights.get(stem)),
    ];
  }

  /** A stem weighs more the rarer it is in the passages and in English. */
  async function stemWeights(stems: readonly string[]): Promise<Map<string, number>> {
    const { rows } = await database.query<{ stem: string; count: number; all: number }>(
      `select stem, (select count(*)::int from terms where terms.stem = asked.stem) as count,
         (select count(*)::int from passages) as all from unnest($1::text[]) asked(stem)`,
      [stems],
    );
    return new Map(
      rows.map(({ stem, count, all }) => [
        stem,
        Math.log(1 + (all - count + 0.5) / (count + 0.5)) * tellingWeight(stem),
      ]),
    );
  }
}

async function fillDatabase(
  database: PGlite,
  passages: readonly KeptPassage[],
  vectors: readonly (readonly number[])[] | undefined,
  fingerprint: string,
): Promise<void> {
  const windows = passages.flatMap(({ id, title, text, questions }) =>
    [...sentencePairs(text), ...questions].map((one, at) => ({ id, at, text: `${title}. ${one}` })),
  );
  await database.transaction(async (transaction) => {
    await transaction.exec("delete from filled; delete from passages;");
    await transaction.query(
      "insert into passages select id, title, text, questions, 1, embedding::vector from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) new(id, title, text, questions, embedding)",
      [
        passages.map(({ id }) => id),
        passages.map(({ title }) => title),
        passages.map(({ text }) => text),
        passages.map(({ questions }) => questions.join(" ")),
        passages.map((_, at) => (vectors ? JSON.stringify(vectors[at]) : null)),
      ],
    );
    await transaction.exec(`${addTerms}; ${addLengths};`);
    await transaction.query(addWindows, [
      windows.map(({ id }) => id),
      windows.map(({ at }) => at),
      windows.map(({ text }) => text),
    ]);
    await transaction.query("insert into filled values ($1)", [fingerprint]);
  });
}

const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });

function sentencePairs(text: string): string[] {
  const sentences = [...segmenter.segment(text)].map(({ segment }) => segment.trim()).filter((one) => one !== "");
  return sentences.map((sentence, at) => `${sentence} ${sentences[at + 1] ?? ""}`);
}
