import { decodeText } from "./decode-text.ts";
import { detectKind, type NamedFile } from "./detect-kind.ts";
import { DocumentError } from "./document-error.ts";
import type { DocumentText } from "./document-text.ts";
import { type ParserJob, runParser } from "./run-parser.ts";
import { tooManyCharacters } from "./too-many-characters.ts";

/** The limits of a file. */
export interface ReadOptions {
  /** Milliseconds for parsing a PDF, an HTML or a Markdown file. @default 60000 */
  readonly time?: number;
  /** Bytes of memory for parsing. @default 512 MiB */
  readonly memory?: number;
  /** Pages of a PDF. @default 5000 */
  readonly maxPages?: number;
  /** Characters (UTF-16 code units) of the file's text. @default 20000000 */
  readonly maxCharacters?: number;
}

/**
 * Reads the text of a PDF, of HTML, of Markdown or of a plain text file. A file's kind is decided by its bytes, then by its name,
 * then by its content type. Parsers run in a worker, so that no file can block or exhaust the server.
 * @throws DocumentError if the file has another type, is damaged, has no text, or is too large.
 */
export async function readDocument(
  bytes: Uint8Array,
  file: NamedFile,
  { time = 60_000, memory = 512 * 1024 * 1024, maxPages = 5000, maxCharacters = 20_000_000 }: ReadOptions = {},
): Promise<DocumentText> {
  const name = printableName(file.name);
  const limits = { time, memory };
  const parse = (job: ParserJob) => runParser(job, limits);
  const kind = detectKind(bytes, { ...file, name });
  if (kind === "pdf") {
    const parts = await parse({ kind, name, bytes, maxPages, maxCharacters });
    return { kind, parts, verbatim: parts.map(({ text }) => text).join("\n\n") };
  }
  // No encoding needs more than four bytes a character. A string has a maximum length, so a larger file is not even decoded.
  const source = bytes.length > 4 * maxCharacters ? undefined : decodeText(bytes, kind);
  if (source === undefined || source.length > maxCharacters) throw tooManyCharacters(name, maxCharacters);
  if (source.trim() === "") throw new DocumentError("empty", `${name} has no text. Upload a file that has some.`);
  const parts = kind === "text" ? [{ text: source }] : await parse({ kind, name, text: source, maxCharacters });
  return { kind, parts, verbatim: source };
}

/** Removes control characters from a name and shortens it: it comes from a stranger, and appears in messages and logs. */
function printableName(name: string): string {
  const printable = name.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]+/gu, " ").trim();
  if (printable === "") return "The file";
  if (printable.length <= 120) return printable;
  return `${printable.slice(0, 80)}…${printable.slice(-30)}`.replace(/\p{Cs}/gu, "");
}
