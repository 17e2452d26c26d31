import { expect, test } from "vitest";
import { iterateChunks, splitText, type SplitOptions } from "../../src/text/split-text.ts";

const texts = (text: string, options: SplitOptions): string[] =>
  splitText([{ text }], options).map((chunk) => chunk.text);

test("chunks end where sentences end, and repeat the preceding sentences that fit into the overlap", () => {
  const text = "One is here. Two is here. Three is here. Four is here. Five is here.";
  expect(texts(text, { size: 40, overlap: 0 })).toEqual([
    "One is here. Two is here. Three is here.",
    "Four is here. Five is here.",
  ]);
  expect(texts(text, { size: 40, overlap: 14 })).toEqual([
    "One is here. Two is here. Three is here.",
    "Three is here. Four is here.",
    "Four is here. Five is here.",
  ]);
  // A sentence that is longer than the overlap is not repeated, not even in part.
  expect(texts(text, { size: 40, overlap: 12 })[1]).toBe("Four is here. Five is here.");
});

test("a sentence continues over a line break, and ends at a blank line", () => {
  expect(texts("It begins\nand goes on. It\nends", { size: 24, overlap: 0 })).toEqual([
    "It begins\nand goes on.",
    "It\nends",
  ]);
  expect(texts("no full stop,\n\n\n\nand a paragraph.", { size: 20, overlap: 0 })).toEqual([
    "no full stop,",
    "and a paragraph.",
  ]);
});

test("a heading stays with the text below it", () => {
  const text = "The first text is this one.\n\nChapter two\n\nAnd this is in it. So is this.";
  expect(texts(text, { size: 45, overlap: 30 })).toEqual([
    "The first text is this one.",
    "Chapter two\n\nAnd this is in it. So is this.",
  ]);
  expect(
    texts("First text, of a length.\n\nWhat is it?\n-----------\n\nIt is a reply.", { size: 60, overlap: 0 })[1],
  ).toBe("What is it?\n-----------\n\nIt is a reply.");
});

test("the items of a list with blank lines are not treated as headings", () => {
  const text = Array.from({ length: 40 }, (_, index) => `item ${index}`).join("\n\n");
  const chunks = texts(text, { size: 100, overlap: 0 });
  expect(chunks.length).toBeLessThan(10);
  expect(chunks.join("\n\n")).toBe(text);
});

test("a text without sentences is split at line breaks, so that rows stay whole", () => {
  const rows = Array.from({ length: 30 }, (_, index) => `${index},name,value`);
  const chunks = texts(rows.join("\n"), { size: 100, overlap: 15 });
  for (const chunk of chunks) for (const line of chunk.split("\n")) expect(rows).toContain(line);
  // The overlap is a row.
  for (const [index, chunk] of chunks.slice(1).entries())
    expect(chunks[index]!.split("\n").at(-1)).toBe(chunk.split("\n")[0]);
});

test("a long sentence is split between words, a long word between characters", () => {
  expect(texts("alpha beta gamma delta", { size: 12, overlap: 0 })).toEqual(["alpha beta", "gamma delta"]);
  const family = "👩‍👩‍👧‍👦";
  expect(texts(family.repeat(5), { size: 30, overlap: 0 })).toEqual([family.repeat(2), family.repeat(2), family]);
  // A single grapheme of 30,000 code units: no surrogate pair is split.
  for (const chunk of texts(`${"x"}${"\u{1d165}".repeat(15_000)}`, { size: 10, overlap: 0 }))
    expect(chunk).not.toMatch(/\p{Cs}/u);
});

test("no chunk crosses a page", () => {
  expect(
    splitText([{ text: "One.", page: 1 }, { text: " \n" }, { text: "Two.", page: 3 }, { text: "Three." }]),
  ).toEqual([
    { text: "One.", overlap: 0, page: 1 },
    { text: "Two.", overlap: 0, page: 3 },
    { text: "Three.", overlap: 0 },
  ]);
});

test("white space is collapsed, except line breaks and indentation", () => {
  const text = "if (a)  {  \r\n    b();\t\n}\r\n \t \n\n\n\nx\t \ty  z\u00a0 \n";
  expect(texts(text, {})).toEqual(["if (a) {\n    b();\n}\n\nx\ty z"]);
});

test("an invalid size or overlap is refused", () => {
  for (const size of [0, 9, 10.5, Number.NaN, Infinity])
    expect(() => texts("a", { size, overlap: 0 })).toThrow(/size of a chunk/);
  for (const overlap of [-1, 100, Number.NaN]) expect(() => texts("a", { size: 100, overlap })).toThrow(/overlap/);
});

const vocabulary: Record<string, readonly string[]> = {
  English: [
    "Dr.",
    "Smith",
    "went",
    "to",
    "3.14",
    "e.g.",
    "the",
    "house.",
    "Why?",
    "“No!”",
    "\n\n",
    "\n",
    "  ",
    "Title\n\n",
  ],
  Chinese: ["汉语", "是", "语言", "。", ",", "很多", "?", "\n", "\n\n", "\u3000"],
  Thai: ["ภาษา", "ไทย", "เป็น", "ที่", "มี", "ระดับ", "เสียง", " ", "\n\n"],
  Arabic: ["السلام", "عليكم", "؟", "نعم.", " ", "\n\n"],
  emoji: ["👩‍👩‍👧‍👦", "😀", "🇩🇪", "e\u0301", " ", "!", "\n"],
  "no spaces": ["abcdefghij", "0123456789", "+/", "="],
  code: ["\n    return a;", "\n\n", "const x = {\n", "\t", "// A comment. Two.\n", "}\n"],
  "white space": [" ", "\t", "\n", "\r\n", "\u2028", "\u00a0", "\f", "a"],
  anything: ["\ud800", "\u0301", "\u200b", "\u{10ffff}", "a.", "B", "\n", "\ufeff", "-", "#"],
};

/** Pseudo-random numbers that are the same in every run. */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test.each(Object.keys(vocabulary))("chunks keep the whole text in order and stay within the size: %s", (language) => {
  const words = vocabulary[language]!;
  for (let seed = 1; seed <= 60; seed++) {
    const random = createRandom(seed * 7919);
    const spaced = random(2) === 0 ? " " : "";
    const text = Array.from({ length: random(300) }, () => words[random(words.length)]).join(spaced);
    const size = 10 + random(seed % 3 === 0 ? 2000 : 120);
    const overlap = random(size);
    const context = JSON.stringify({ seed, text, size, overlap });
    const solid = text.replace(/\s/g, "");
    expect(texts(text, { size, overlap: 0 }).join("").replace(/\s/g, ""), context).toBe(solid);
    let again = "";
    for (const { text: chunk, overlap: shared } of iterateChunks([{ text }], { size, overlap })) {
      expect(chunk.length, context).toBeLessThanOrEqual(size);
      expect(chunk, context).toBe(chunk.trim());
      expect(shared, context).toBeLessThanOrEqual(overlap);
      const before = chunk.slice(0, shared).replace(/\s/g, "");
      expect(again.endsWith(before), context).toBe(true);
      again += chunk.slice(shared).replace(/\s/g, "");
    }
    expect(again, context).toBe(solid);
  }
});
