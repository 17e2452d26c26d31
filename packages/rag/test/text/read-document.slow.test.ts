import { execFileSync } from "node:child_process";
import { deflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { DocumentError } from "../../src/text/document-error.ts";
import { readDocument } from "../../src/text/read-document.ts";
import { splitText } from "../../src/text/split-text.ts";
import { refusal } from "./refusal.ts";
import { writePdf } from "./write-pdf.ts";

const repeat = (text: string, length: number): Buffer => Buffer.from(text.repeat(Math.ceil(length / text.length)));

test("a PDF is read page by page, whatever its name is", async () => {
  const pdf = writePdf([["Our docu-", "ment (one).", null, "Caf\xe9 \x80 5"], [], ["Page three"]]);
  const expected = {
    kind: "pdf",
    parts: [
      { text: "Our document (one).\n\nCafé € 5", page: 1 },
      { text: "Page three", page: 3 },
    ],
    verbatim: "Our document (one).\n\nCafé € 5\n\nPage three",
  };
  for (const name of ["a.pdf", "a.md", "a"]) expect(await readDocument(pdf, { name })).toEqual(expected);
  // The file begins with other bytes, and is a view into a larger buffer that must not change.
  const around = Buffer.concat([Buffer.from("HTTP/1.1 200 OK\r\n\r\n"), pdf, Buffer.from("\n")]);
  expect(await readDocument(around.subarray(0, -1), { name: "a.pdf" })).toEqual(expected);
  expect(around.subarray(19, 24).toString()).toBe("%PDF-");
  expect(pdf.length).toBeGreaterThan(0);
});

test("a PDF with a wrong cross-reference offset or page count is still read", async () => {
  const wrong = writePdf([["Hello"]])
    .toString("latin1")
    .replace(/startxref\n\d+/, "startxref\n7");
  expect((await readDocument(Buffer.from(wrong, "latin1"), { name: "a.pdf" })).verbatim).toBe("Hello");
  expect((await readDocument(writePdf([["Hello"]], { count: 4000 }), { name: "a.pdf" })).parts).toHaveLength(1);
});

/** A Chinese font that is not embedded in the file. */
const songti = (encoding: string, toUnicode = ""): string =>
  `<< /Type /Font /Subtype /Type0 /BaseFont /STSong /Encoding /${encoding} ${toUnicode} /DescendantFonts [<< /Type /Font
    /Subtype /CIDFontType0 /BaseFont /STSong /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >>
    /FontDescriptor << /Type /FontDescriptor /FontName /STSong /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 >> >>] >>`;

test("a PDF whose characters cannot be decoded is refused, so that none is lost silently", async () => {
  expect(await refusal(writePdf([["ab"]], { font: songti("GBK-EUC-H") }), "a.pdf")).toMatchObject({
    code: "unreadable",
    message: expect.stringMatching(
      /^Page 1 of a\.pdf has characters of a font that is not in the file \(GBK-EUC-H\)\./,
    ) as string,
  });
  const map = "1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfchar <6162> <4f60> endbfchar";
  const stream = `<< /Length ${map.length} >>\nstream\n${map}\nendstream`;
  const pdf = writePdf([["ab"]], { font: songti("Identity-H", "/ToUnicode 6 0 R"), objects: [stream] });
  expect((await readDocument(pdf, { name: "a.pdf" })).verbatim).toBe("你");
});

test("a PDF with a damaged page is refused, so that the page is not lost silently", async () => {
  const broken = writePdf([["one"], ["two"]])
    .toString("latin1")
    .replace("6 0 obj\n<< /Type", "6 0 obj\n[[ /Type");
  expect(await refusal(Buffer.from(broken, "latin1"), "a.pdf")).toMatchObject({
    code: "unreadable",
    message: "Page 2 of a.pdf is damaged. Open it in a PDF reader, and print it to a new PDF.",
  });
});

const zeros = "00".repeat(32);
const encrypt = `/Encrypt << /Filter /Standard /V 1 /R 2 /O <${zeros}> /U <${zeros}> /P -4 >> /ID [<00> <00>]`;
test.each<[string, Uint8Array, DocumentError["code"], RegExp]>([
  [
    "protected",
    writePdf([["Secret"]], { trailer: encrypt }),
    "unreadable",
    /^a\.pdf is protected by a password\. Save it/,
  ],
  [
    "cut off",
    writePdf([["Hello"]]).subarray(0, 200),
    "unreadable",
    /^a\.pdf is a damaged PDF\. Open it in a PDF reader/,
  ],
  ["only a header", Buffer.from("%PDF-1.7\n"), "unreadable", /^a\.pdf is a damaged PDF/],
  ["without pages", writePdf([]), "empty", /^a\.pdf has no text; a scan has to go through OCR first\./],
  ["without text", writePdf([[], []]), "empty", /OCR/],
])("a PDF that is %s is refused", async (_, pdf, code, message) => {
  expect(await refusal(pdf, "a.pdf")).toMatchObject({ code, message: expect.stringMatching(message) as string });
});

test("a PDF with too many pages or characters is refused", async () => {
  const pdf = writePdf([["aaaa"], ["bbbb"], ["cccc"]]);
  expect((await readDocument(pdf, { name: "a.pdf" }, { maxPages: 3, maxCharacters: 12 })).parts).toHaveLength(3);
  expect(await refusal(pdf, "a.pdf", { maxPages: 2 })).toMatchObject({
    code: "too-large",
    message: "a.pdf has 3 pages, more than 2. Split it into smaller files.",
  });
  expect((await refusal(pdf, "a.pdf", { maxCharacters: 11 })).message).toMatch(/^a\.pdf has more than 11 characters\./);
});

test("parsing a PDF is stopped if it needs too much memory or time", async () => {
  const entries = "/Filter /FlateDecode";
  const spaces = { entries, bytes: deflateSync(Buffer.alloc(300_000_000, " ")) };
  expect(await refusal(writePdf([], { streams: [spaces] }), "a.pdf", { memory: 100 * 2 ** 20 })).toMatchObject({
    code: "too-large",
    message: expect.stringMatching(/^Reading a\.pdf takes more than 100 MiB of memory\. Split it/) as string,
  });
  const show = repeat("(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj 0 -14 Td ", 50_000_000);
  const text = Buffer.concat([Buffer.from("BT /F1 11 Tf "), show, Buffer.from("ET")]);
  const long = writePdf([], { streams: [{ entries, bytes: deflateSync(text) }] });
  expect((await refusal(long, "a.pdf", { time: 300 })).message).toMatch(/^Reading a\.pdf takes more than 0\.3 s\./);
  expect((await refusal(long, "a.pdf", { memory: 60 * 2 ** 20 })).message).toContain("60 MiB of memory");
  // The next file is read.
  expect((await readDocument(writePdf([["Hello"]]), { name: "a.pdf" })).verbatim).toBe("Hello");
});

test("HTML is read in the encoding that it declares", async () => {
  const html = '<meta charset="iso-8859-5"><h1 title="x">\xbf\xe0\xd8\xd2\xd5\xe2</h1>\r\n<p>&#1084;&#0;&#xd800;</p>';
  const document = await readDocument(Buffer.from(html, "latin1"), { name: "a.htm" });
  expect(document).toMatchObject({
    kind: "html",
    verbatim: expect.stringContaining('<h1 title="x">Привет</h1>\n<p>') as string,
  });
  expect(document.parts).toEqual([{ text: "Привет\n\nм\ufffd\ufffd" }]);
});

test("the content type decides where the name does not", async () => {
  const read = (name: string, type: string) => readDocument(Buffer.from("# *a* <b>c</b>"), { name, type });
  expect(await read("page", "text/html; charset=utf-8")).toMatchObject({ kind: "html", parts: [{ text: "# *a* c" }] });
  expect(await read("page", "text/markdown")).toMatchObject({ kind: "markdown", parts: [{ text: "a c" }] });
  expect(await read("page.md", "text/plain")).toMatchObject({ kind: "markdown", verbatim: "# *a* <b>c</b>" });
});

test("a page without visible text is refused as empty", async () => {
  expect(await refusal(Buffer.from("<script>let a;</script><img src=a.png>"), "a.html")).toMatchObject({
    code: "empty",
  });
  expect(await refusal(Buffer.from("![a](a.png)\n\n[b]: c\n"), "a.md")).toMatchObject({ code: "empty" });
});

const hostile: readonly (readonly [string, string])[] = [
  ["a.html", "<div>"],
  ["a.html", "<b><p>x"],
  ["a.html", "<table><tr><td>x"],
  ["a.html", "<ul><li>x"],
  ["a.md", "[[[["],
  ["a.md", "*a_"],
  ["a.md", "> "],
  ["a.md", "1. "],
  ["a.md", "![["],
];
test.each(hostile)(
  "5 MB of %s as %s end in a text or a sentence, and the server goes on meanwhile",
  async (name, text) => {
    let turns = 0;
    const clock = setInterval(() => turns++, 5);
    const outcome = await readDocument(repeat(text, 5_000_000), { name }, { time: 1500 }).then(
      ({ parts }) => parts.length,
      (error: unknown) => error,
    );
    clearInterval(clock);
    if (outcome instanceof DocumentError) expect(outcome.message).toMatch(/^(?:Reading )?a\.(?:md|html) .+\. .+\.$/);
    else expect(outcome).toBe(1);
    expect(turns).toBeGreaterThan(20);
  },
);

test("HTML that is nested too deeply is refused, and Markdown that overflows its parser is read as source", async () => {
  expect(await refusal(repeat("<div>", 300_000), "a.html", { time: 30_000 })).toMatchObject({
    code: "unreadable",
    message: "a.html is nested too deeply. Save it as plain text.",
  });
  const deep = `${"<div>".repeat(1000)}here`;
  expect((await readDocument(Buffer.from(deep), { name: "a.html" })).parts).toEqual([{ text: "here" }]);
  const lines = "    a\n".repeat(800_000);
  expect((await readDocument(Buffer.from(lines), { name: "a.md" })).parts[0]!.text.length).toBeGreaterThan(1_599_990);
});

test("many files can be read at once", async () => {
  const files = Array.from({ length: 12 }, (_, index) => writePdf([[`File ${index}`]]));
  const read = await Promise.all(files.map((bytes, index) => readDocument(bytes, { name: `${index}.pdf` })));
  expect(read.map(({ verbatim }) => verbatim)).toEqual(files.map((_, index) => `File ${index}`));
});

test("a document of 1,000 pages keeps its pages through reading and splitting", async () => {
  const pages = Array.from({ length: 1000 }, (_, page) =>
    Array.from({ length: 45 }, (_line, line) => `Page ${page + 1} has a line of many words, which is number ${line}.`),
  );
  const { parts } = await readDocument(writePdf(pages), { name: "a.pdf" });
  expect(parts.map(({ page }) => page)).toEqual(pages.map((_, index) => index + 1));
  const chunks = splitText(parts);
  expect(chunks.length).toBeGreaterThan(1000);
  for (const { text, page } of chunks)
    expect(text.match(/Page \d+/g)!.every((found) => found === `Page ${page}`)).toBe(true);
});

test("the built package finds its worker", () => {
  const program = `
    import { readDocument } from ${JSON.stringify(new URL("../../dist/index.js", import.meta.url).href)};
    console.log((await readDocument(Buffer.from("# *Hello*"), { name: "a.md" })).parts[0].text);`;
  const output = execFileSync(process.execPath, ["--input-type=module", "--eval", program], { encoding: "utf8" });
  expect(output).toBe("Hello\n");
});
