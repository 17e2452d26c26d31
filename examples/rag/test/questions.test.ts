import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fuseRankings } from "../search/fuse-rankings.ts";
import { readPassages } from "../search/read-passages.ts";
import { tellingWeight } from "../search/related-words.ts";

interface Asked {
  readonly question: string;
  readonly document: string;
}

const folder = join(import.meta.dirname, "..");
const passages = readPassages(`${folder}/documents`, `${folder}/expected-questions.json`);

function questions(name: string): Asked[] {
  return JSON.parse(readFileSync(`${folder}/questions/${name}.json`, "utf8")) as Asked[];
}

test("each of the thirty documents has 80 to 200 words and a list of expected questions", () => {
  expect(passages).toHaveLength(30);
  for (const { text, questions: expected } of passages) {
    expect(text.split(/\s+/).length).toBeGreaterThanOrEqual(80);
    expect(text.split(/\s+/).length).toBeLessThanOrEqual(200);
    expect(expected.length).toBeGreaterThanOrEqual(8);
  }
  const known = new Set(passages.map(({ id }) => id));
  for (const name of ["first", "second", "third", "fourth"]) {
    expect(questions(name)).toHaveLength(20);
    for (const { document } of questions(name)) expect(known).toContain(document);
  }
});

test("no measured question is an expected one, and none of the first twenty has a rare word of a title", () => {
  const expected = new Set(passages.flatMap((passage) => passage.questions));
  for (const name of ["first", "second", "third", "fourth"])
    for (const { question } of questions(name)) expect(expected).not.toContain(question);

  const texts = passages.map(({ title, text }) => new Set(contentWords(`${title} ${text}`)));
  const isRare = (word: string): boolean =>
    texts.filter((text) => text.has(word)).length <= 3 && tellingWeight(word) > 0.6;
  for (const { question, document } of questions("first")) {
    const asked = new Set(contentWords(question));
    for (const { id, title } of passages)
      for (const word of contentWords(title))
        expect(asked.has(word) && (id === document || isRare(word)), `${word} of ${id} in: ${question}`).toBe(false);
  }
});

/** Words without mere grammar and without the commonest endings. */
function contentWords(text: string): string[] {
  const grammar =
    /^(a|an|and|are|be|before|do|does|for|from|has|how|i|in|is|it|mean|of|or|out|that|the|them|to|up|was|what|when|with|you|your)$/;
  return (text.toLowerCase().match(/[a-z]+/g) ?? [])
    .filter((word) => !grammar.test(word))
    .map((word) => word.replace(/(ies|es|s|ing|ed|y|e)$/, ""));
}

test("rankings are fused by the reciprocals of their places", () => {
  const fused = fuseRankings({ one: ["a", "b"], two: ["b", "c"] }, { two: 2 });
  expect(fused.map(({ id }) => id)).toEqual(["b", "c", "a"]);
  expect(fused[0]).toMatchObject({ score: 1 / 62 + 2 / 61, places: { one: 2, two: 1 } });
});
