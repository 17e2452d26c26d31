import { cleanText } from "./clean-text.ts";
import type { DocumentText } from "./document-text.ts";

/**
 * The text of a file. A byte order mark decides the encoding. Without one it is UTF-8, if the bytes are valid apart from a few damaged
 * characters; else the encoding that an HTML or XML file declares; else windows-1252, the encoding of most old files, in which every
 * byte is a character.
 */
export function decodeText(bytes: Uint8Array, kind: DocumentText["kind"]): string {
  return cleanText(new TextDecoder(encodingOf(bytes, kind)).decode(bytes));
}

function encodingOf(bytes: Uint8Array, kind: DocumentText["kind"]): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  if ((first === 0xef && second === 0xbb && bytes[2] === 0xbf) || isUtf8(bytes)) return "utf-8";
  const head = Buffer.from(bytes.subarray(0, 4096)).toString("latin1");
  const meta = kind === "html" ? /<meta\b[^>]{0,300}?\bcharset\s*=\s*["']?\s*([\w.:-]+)/i.exec(head) : null;
  const declared = meta ?? /^\s*<\?xml\b[^>]{0,300}?\bencoding\s*=\s*["']([\w.:-]+)/i.exec(head);
  return (declared && knownEncoding(declared[1]!)) ?? "windows-1252";
}

/** In a damaged UTF-8 file, most bytes above 127 still belong to valid characters. In other encodings, hardly any do. */
function isUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder("utf-8").decode(bytes);
  const damaged = text.match(/\ufffd/g)?.length ?? 0;
  return damaged === 0 || damaged * 5 < (text.match(/[^\0-\x7f\ufffd]/gu)?.length ?? 0);
}

/** A declaration that is readable byte by byte is not in UTF-16, whatever it says. */
function knownEncoding(label: string): string | undefined {
  try {
    const { encoding } = new TextDecoder(label);
    return encoding.startsWith("utf-16") ? undefined : encoding;
  } catch {
    return undefined;
  }
}
