/** Further parts of a PDF that `writePdf` writes. */
export interface PdfExtras {
  /** Entries of the trailer, such as `/Encrypt << … >>`. */
  readonly trailer?: string;
  /** The number of pages that the document claims to have. */
  readonly count?: number;
  /** The font of every line. @default Helvetica, in windows-1252 */
  readonly font?: string;
  /** Objects after those of the pages. */
  readonly objects?: readonly string[];
  /** Further pages, given as content streams with extra entries of their dictionaries. */
  readonly streams?: readonly { readonly entries: string; readonly bytes: Uint8Array }[];
}

/** The lines of a page. Null leaves a line blank. */
type Page = readonly (string | null)[];

const helvetica = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";

/** Writes a minimal PDF with one text operator for each line of a page, in Latin-1. */
export function writePdf(
  pages: readonly Page[],
  { trailer = "", count, font = helvetica, objects: others = [], streams = [] }: PdfExtras = {},
): Buffer {
  const contents = [
    ...pages.map((lines) => ({ entries: "", bytes: Buffer.from(operatorsOf(lines), "latin1") })),
    ...streams,
  ];
  const kids = contents.map((_, index) => `${4 + 2 * index} 0 R`).join(" ");
  const objects: (string | Buffer)[] = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Kids [${kids}] /Count ${count ?? contents.length} >>`,
    font,
  ];
  for (const [index, { entries, bytes }] of contents.entries()) {
    const resources = "/Resources << /Font << /F1 3 0 R >> >>";
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] ${resources} /Contents ${5 + 2 * index} 0 R >>`,
      Buffer.concat([
        Buffer.from(`<< /Length ${bytes.length} ${entries} >>\nstream\n`),
        bytes,
        Buffer.from("\nendstream"),
      ]),
    );
  }
  return writeObjects([...objects, ...others], trailer);
}

function operatorsOf(lines: Page): string {
  const shown = lines.map((line) => (line === null ? "0 -14 Td" : `(${line.replace(/[\\()]/g, "\\$&")}) Tj 0 -14 Td`));
  return `BT /F1 11 Tf 56 790 Td\n${shown.join("\n")}\nET`;
}

function writeObjects(objects: readonly (string | Buffer)[], trailer: string): Buffer {
  const parts: Buffer[] = [Buffer.from("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "latin1")];
  let length = parts[0]!.length;
  const offsets: number[] = [];
  const add = (part: Buffer): void => {
    parts.push(part);
    length += part.length;
  };
  for (const [index, object] of objects.entries()) {
    offsets.push(length);
    add(Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), Buffer.from(object), Buffer.from("\nendobj\n")]));
  }
  const entries = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const size = objects.length + 1;
  add(
    Buffer.from(
      `xref\n0 ${size}\n0000000000 65535 f \n${entries}trailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\nstartxref\n${length}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}
