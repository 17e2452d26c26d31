/* oxlint-disable no-control-regex -- the bytes of files are matched as Latin-1 */
import { DocumentError } from "./document-error.ts";
import type { DocumentText } from "./document-text.ts";

/** What is known about a file besides its bytes. */
export interface NamedFile {
  readonly name: string;
  /** The content type. */
  readonly type?: string | undefined;
}

const archive = "an archive. Unpack it, and upload the files in it";
const office = "an Office document. Save it as PDF or text";
/** Unsupported formats, by their first bytes in Latin-1. */
const signatures: readonly (readonly [RegExp, string])[] = [
  [/^PK(?:\x03\x04|\x05\x06|\x07\x08)/, archive],
  [/^\x1f\x8b|^BZh\d1AY|^\xfd7zXZ\0|^7z\xbc\xaf|^Rar!\x1a|^\x28\xb5\x2f\xfd/, archive],
  [/^\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1/, office],
  [/^\{\\rtf/, "an RTF document. Save it as PDF or text"],
  [
    /^\x89PNG|^\xff\xd8\xff|^GIF8[79]a|^RIFF[^]{4}WEBP|^II\*\0|^MM\0\*|^BM[^]{4}\0\0\0\0|^[^]{4}ftyp(?:avif|heic|heix|mif1)/,
    "a picture. Read it with OCR, and upload the text",
  ],
  [
    /^ID3[\x02-\x04]|^OggS\0|^fLaC\0|^RIFF[^]{4}(?:WAVE|AVI )|^[^]{4}ftyp|^\x1aE\xdf\xa3/,
    "a recording. Upload a transcript of it",
  ],
];
/** Office documents and e-books are archives too. Only their names or types tell them apart. */
const officeName = /\.(?:do[ct][xm]?|xl[st][xmb]?|pp[ts][xm]?|od[tspg]|epub|pages|numbers|key)$/i;
const officeType = /officedocument|opendocument|msword|ms-excel|ms-powerpoint|epub/i;
/** The beginning of a PDF. Other programs may have written lines or bytes before it, but no words on the same line. */
const pdfMagic = /(?:^|[\x00-\x1f\x7f-\xff])%PDF-/;

/**
 * Detects the kind of a file by its bytes, else by its name, else by its content type.
 * @throws DocumentError if the file is empty or of an unsupported kind.
 */
export function detectKind(bytes: Uint8Array, { name, type = "" }: NamedFile): DocumentText["kind"] {
  if (bytes.length === 0) throw new DocumentError("empty", `${name} is empty. Upload a file that has some text.`);
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024)).toString("latin1");
  if (pdfMagic.test(head)) return "pdf";
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase();
  if (extension === "pdf" || (extension === undefined && /^application\/(?:x-)?pdf\b/i.test(type)))
    throw new DocumentError(
      "unreadable",
      `${name} is not a PDF, although it says so. Save it as PDF again, or rename it.`,
    );
  const unsupported = (what: string) => new DocumentError("unsupported", `${name} is ${what}.`);
  const known = signatures.find(([signature]) => signature.test(head));
  const isOffice = known?.[1] === archive && (officeName.test(name) || officeType.test(type));
  if (known) throw unsupported(isOffice ? office : known[1]);
  if (!isText(bytes, head)) throw unsupported("not a text file. Save it as PDF or text");
  if (extension && ["md", "markdown", "mdx"].includes(extension)) return "markdown";
  if (extension && ["html", "htm", "xhtml"].includes(extension)) return "html";
  if (/^text\/(?:x-)?(?:markdown|web-markdown)\b/i.test(type)) return "markdown";
  // The type says more than any other extension does, such as that of page.php.
  return /^(?:text\/html|application\/xhtml\+xml)\b/i.test(type) ? "html" : "text";
}

/** Text contains no NUL, except in UTF-16, and hardly any control characters. */
function isText(bytes: Uint8Array, head: string): boolean {
  if (/^(?:\xff\xfe|\xfe\xff)/.test(head)) return true;
  if (bytes.includes(0)) return false;
  const controls = head.match(/[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]/g)?.length ?? 0;
  return controls * 50 <= head.length;
}
