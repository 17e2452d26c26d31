import type { ContentPart } from "./chat-request.ts";

/** A file as other libraries give it. `data`: bytes, or base64. */
export interface GivenFile {
  readonly mediaType: string;
  readonly data?: Uint8Array | string | undefined;
  readonly url?: string | undefined;
  readonly filename?: string | undefined;
}

/** The content part for a file: an image, WAV or MP3, a PDF. Undefined for any other file. */
export function filePart({ mediaType, data, url, filename = "file.pdf" }: GivenFile): ContentPart | undefined {
  const bytes = data instanceof Uint8Array ? toBase64(data) : data;
  const [kind, format] = mediaType.split("/");
  // A library that did not look inside the file knows its kind but not its format.
  const type = kind === "image" && (format === undefined || format === "*") ? "image/png" : mediaType;
  const address = url ?? (bytes === undefined ? undefined : `data:${type};base64,${bytes}`);
  if (kind === "image" && address !== undefined) return { type: "image_url", image_url: { url: address } };
  const audio = /^audio\/(?:(?:x-|vnd\.)?(wave?)|mp3|mpeg)$/.exec(mediaType);
  if (audio && bytes !== undefined)
    return { type: "input_audio", input_audio: { data: bytes, format: audio[1] ? "wav" : "mp3" } };
  if (mediaType !== "application/pdf" || bytes === undefined) return undefined;
  return { type: "file", file: { filename, file_data: address } };
}

function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

/** The two halves of a data URL; undefined for any other address. */
export function readDataUrl(url: string): { mediaType: string; data: string } | undefined {
  const [, mediaType, data] = /^data:([^;,]+);base64,(.*)$/s.exec(url) ?? [];
  return mediaType === undefined || data === undefined ? undefined : { mediaType, data };
}
