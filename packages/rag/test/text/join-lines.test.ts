import { expect, test } from "vitest";
import { joinLines } from "../../src/text/join-lines.ts";

/** The runs of a page, from its lines and their distances from the top. */
const page = (...lines: [string, number][]) =>
  lines.flatMap(([str, down]) => [
    { str, hasEOL: false, transform: [11, 0, 0, 11, 56, 800 - down] },
    { str: "", hasEOL: true, transform: [0, 0, 0, 0, 0, 0] },
  ]);

test("a larger gap than usual begins a paragraph", () => {
  expect(joinLines(page(["Title", 0], ["one", 30], ["two", 42], ["three", 54], ["four", 78]))).toBe(
    "Title\n\none\ntwo\nthree\n\nfour",
  );
  // Double line spacing does not make paragraphs, nor does a second column that begins at the top.
  expect(joinLines(page(["a", 0], ["b", 28], ["c", 56], ["d", 0], ["e", 28]))).toBe("a\nb\nc\nd\ne");
});

test("a hyphenated word is joined, but a range of numbers or a double name is not", () => {
  expect(joinLines(page(["a docu-", 0], ["ment, a soft\u00ad", 12], ["ware", 24]))).toBe("a document, a software");
  expect(joinLines(page(["1990-", 0], ["1999, Anna-", 12], ["Lena, A -", 24], ["b", 36]))).toBe(
    "1990-\n1999, Anna-\nLena, A -\nb",
  );
});

test("blank runs do not make lines", () => {
  expect(joinLines(page(["a", 0], ["  ", 12], ["b ", 12]))).toBe("a\nb");
  expect(joinLines([])).toBe("");
});
