import { expect, test } from "vitest";
import { cleanText } from "../../src/text/clean-text.ts";
import { readDocument } from "../../src/text/read-document.ts";
import { refusal } from "./refusal.ts";

const bytes = (text: string): Uint8Array => Buffer.from(text, "latin1");

test.each(["notes.txt", "table.csv", "data.json", "page.xml", "config.yaml", "main.rs", "Makefile", "odd.docx"])(
  "%s is read as text if its bytes are text",
  async (name) => {
    const source = "a: b, c\n\td <e> *f*  \n\n\n";
    expect(await readDocument(Buffer.from(source), { name })).toEqual({
      kind: "text",
      parts: [{ text: source }],
      verbatim: source,
    });
  },
);

const sentence = "Grüße, € 5, здравствуй, 你好, 👋";
test.each([
  ["UTF-8", Buffer.from(sentence)],
  ["UTF-8 with a byte order mark", Buffer.from(`\ufeff${sentence}`)],
  ["UTF-16, little endian", Buffer.from(`\ufeff${sentence}`, "utf16le")],
  ["UTF-16, big endian", Buffer.from(`\ufeff${sentence}`, "utf16le").swap16()],
])("%s is decoded", async (_, content) => {
  expect((await readDocument(content, { name: "a.txt" })).verbatim).toBe(sentence);
});

test("a file that is not UTF-8 is decoded as it declares, else as windows-1252", async () => {
  const read = async (content: Uint8Array, name: string) => (await readDocument(content, { name })).verbatim;
  expect(await read(bytes("\x93Gr\xfc\xdfe\x94, \x80"), "a.txt")).toBe("“Grüße”, €");
  const xml = '<?xml version="1.0" encoding="ISO-8859-5"?>\n<a>';
  expect(await read(bytes(`${xml}\xbf\xe0\xd8\xd2\xd5\xe2</a>`), "a.xml")).toBe(`${xml}Привет</a>`);
  // A declared encoding that is unknown or contradicts the bytes is ignored.
  for (const wrong of ["klingon", "utf-16"])
    expect(await read(bytes(`<?xml version="1.0" encoding="${wrong}"?><a>\xe9</a>`), "a.xml")).toContain("<a>é</a>");
});

test("a UTF-8 file with one damaged character is still decoded as UTF-8", async () => {
  const damaged = Buffer.concat([
    Buffer.from("Grüße aus Köln, für "),
    bytes("\xff"),
    Buffer.from(" Bücher, größer. Größen."),
  ]);
  expect((await readDocument(damaged, { name: "a.txt" })).verbatim).toBe(
    "Grüße aus Köln, für \ufffd Bücher, größer. Größen.",
  );
});

test("line ends become line feeds, and characters that a database refuses are removed", async () => {
  const content = Buffer.from("\ufeffa\r\nb\rc\0d😀", "utf16le");
  expect((await readDocument(content, { name: "a.txt" })).verbatim).toBe("a\nb\ncd😀");
  expect(cleanText("d\ud83de\ude00f😀\0")).toBe("def😀");
});

test.each([
  ["report.docx", "PK\x03\x04\x14\0", "report.docx is an Office document. Save it as PDF or text."],
  ["book.epub", "PK\x03\x04\x14\0", "book.epub is an Office document. Save it as PDF or text."],
  ["old.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old.doc is an Office document. Save it as PDF or text."],
  ["letter.rtf", "{\\rtf1\\ansi Hello}", "letter.rtf is an RTF document. Save it as PDF or text."],
  ["all.zip", "PK\x03\x04\x14\0", "all.zip is an archive. Unpack it, and upload the files in it."],
  ["all.tar.gz", "\x1f\x8b\x08\0", "all.tar.gz is an archive. Unpack it, and upload the files in it."],
  ["notes.md", "\x89PNG\r\n\x1a\n", "notes.md is a picture. Read it with OCR, and upload the text."],
  ["picture.docx", "\xff\xd8\xff\xe0", "picture.docx is a picture. Read it with OCR, and upload the text."],
  ["photo.jpg", "\xff\xd8\xff\xe0", "photo.jpg is a picture. Read it with OCR, and upload the text."],
  ["talk.mp4", "\0\0\0\x18ftypmp42", "talk.mp4 is a recording. Upload a transcript of it."],
  ["program", "\x7fELF\x02\x01\x01\0", "program is not a text file. Save it as PDF or text."],
  ["noise.txt", "\x01\x02\x03\x04\x85\x86\x07\x08", "noise.txt is not a text file. Save it as PDF or text."],
])("%s is refused, and the message says what to do", async (name, content, message) => {
  expect(await refusal(bytes(content), name)).toMatchObject({ code: "unsupported", message });
});

test("an Office document without an extension is recognized by its content type", async () => {
  const type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
  expect((await refusal(bytes("PK\x03\x04\x14\0"), "report", { type })).message).toContain("Office document");
});

test("a file whose name or type says PDF, but whose bytes do not, is unreadable", async () => {
  const message = "is not a PDF, although it says so. Save it as PDF again, or rename it.";
  for (const [name, type] of [["a.pdf"], ["A.PDF", "text/plain"], ["a", "application/pdf"]] as const)
    expect(await refusal(bytes("Hello"), name, { type })).toMatchObject({
      code: "unreadable",
      message: `${name} ${message}`,
    });
});

test("a text that mentions the PDF header is not a PDF", async () => {
  expect((await readDocument(bytes("A PDF begins with %PDF-1.7."), { name: "a.txt" })).kind).toBe("text");
});

test.each([
  ["nothing", ""],
  ["white space", " \r\n\t\xa0"],
])("a file of %s is refused as empty", async (_, content) => {
  for (const name of ["a.txt", "a.md", "a.html"]) expect((await refusal(bytes(content), name)).code).toBe("empty");
});

test("a text over the limit is refused, a very long one before it is decoded", async () => {
  const options = { maxCharacters: 1000 };
  expect((await readDocument(Buffer.from("é".repeat(1000)), { name: "a.txt" }, options)).verbatim).toHaveLength(1000);
  for (const length of [1001, 5000])
    expect(await refusal(bytes("x".repeat(length)), "a.txt", options)).toMatchObject({
      code: "too-large",
      message: "a.txt has more than 1,000 characters. Split it into smaller files.",
    });
});

test("a message shows a file's name without control characters, and shortens a long one", async () => {
  expect((await refusal(bytes(""), "a\n\x1b[31m\u202eb.txt")).message).toBe(
    "a [31m b.txt is empty. Upload a file that has some text.",
  );
  expect((await refusal(bytes(""), "")).message).toMatch(/^The file is empty/);
  const long = (await refusal(bytes(""), `a${"😀".repeat(5000)}.txt`)).message;
  expect(long).toMatch(/^a(?:😀){39}…(?:😀){13}\.txt is empty/u);
});
