/** The text of a file that is going to be edited, its byte order mark with it: every byte must come back as it was. */
export function decodeConfig(name: string, bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Error(`${name} is not UTF-8, which is what LibreChat reads. Save it as UTF-8, then run this again.`);
  }
}
