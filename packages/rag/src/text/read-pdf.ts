import { getDocumentProxy } from "unpdf";
import { cleanText } from "./clean-text.ts";
import { DocumentError } from "./document-error.ts";
import type { TextPart } from "./document-text.ts";
import { joinLines } from "./join-lines.ts";
import { tooManyCharacters } from "./too-many-characters.ts";

/** The limits of a PDF. */
export interface PdfLimits {
  readonly maxPages: number;
  readonly maxCharacters: number;
}

/**
 * The text of each page that has any. pdf.js does not run a document's scripts and, called like this, loads no other file.
 * @throws DocumentError if the document is damaged, protected by a password, or too large, or has no text.
 */
export async function readPdf(bytes: Uint8Array, name: string, limits: PdfLimits): Promise<TextPart[]> {
  const missing: string[] = [];
  const document = await openPdf(bytes, name, (table) => missing.push(table));
  if (document.numPages > limits.maxPages)
    throw new DocumentError(
      "too-large",
      `${name} has ${document.numPages.toLocaleString("en-US")} pages, more than ${limits.maxPages.toLocaleString("en-US")}. Split it into smaller files.`,
    );
  const parts: TextPart[] = [];
  let characters = 0;
  for (let page = 1; page <= document.numPages; page++) {
    const text = await readPage(document, page).catch(() => {
      throw new DocumentError("unreadable", `Page ${page} of ${name} is damaged. ${advice}`);
    });
    if (missing.length > 0)
      throw new DocumentError(
        "unreadable",
        `Page ${page} of ${name} has characters of a font that is not in the file (${missing[0]}). ${advice}`,
      );
    characters += text.length;
    if (characters > limits.maxCharacters) throw tooManyCharacters(name, limits.maxCharacters);
    if (text !== "") parts.push({ text, page });
  }
  if (parts.length === 0) throw new DocumentError("empty", `${name} has no text; a scan has to go through OCR first.`);
  return parts;
}

const advice = "Open it in a PDF reader, and print it to a new PDF.";
type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;

/** `onMissingTable` reports that text would be lost: the parser comes without the tables of old Chinese, Japanese and Korean fonts. */
async function openPdf(bytes: Uint8Array, name: string, onMissingTable: (table: string) => void): Promise<Pdf> {
  const BinaryDataFactory = function () {
    return {
      fetch({ kind, filename }: { kind: string; filename: string }): never {
        if (kind === "cMapUrl") onMissingTable(filename.replace(/\.bcmap$/, ""));
        throw new Error("Nothing is loaded.");
      },
    };
  };
  try {
    return await getDocumentProxy(bytes, {
      verbosity: 0,
      disableFontFace: true,
      useSystemFonts: false,
      useWorkerFetch: false,
      useWasm: false,
      enableXfa: false,
      BinaryDataFactory,
    });
  } catch (error) {
    if (error instanceof Error && error.name === "PasswordException")
      throw new DocumentError("unreadable", `${name} is protected by a password. Save it without one.`);
    throw new DocumentError("unreadable", `${name} is a damaged PDF. ${advice}`);
  }
}

async function readPage(document: Pdf, number: number): Promise<string> {
  const page = await document.getPage(number);
  const { items } = await page.getTextContent();
  page.cleanup();
  return cleanText(joinLines(items.filter((item) => "str" in item))).trim();
}
