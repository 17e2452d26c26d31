import type { Interaction } from "./cassette.ts";

/** The bytes of a recorded answer, exactly as they came (after the transport's own compression). */
export function responseBytes({
  response,
  responseIsBinary,
}: Pick<Interaction, "response" | "responseIsBinary">): Buffer {
  return Buffer.from(response, responseIsBinary ? "hex" : "utf8");
}

/** The reverse: as text where nock, and a person, can read it without loss. */
export function storeBytes(bytes: Buffer): Pick<Interaction, "response" | "responseIsBinary"> {
  const text = bytes.toString("utf8");
  const isExact = Buffer.from(text, "utf8").equals(bytes) && !losesNumbers(text);
  return isExact ? { response: text } : { response: bytes.toString("hex"), responseIsBinary: true };
}

/** nock.define parses a JSON text and prints it again: 12345678901234567890 would not come out as it went in. */
function losesNumbers(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  const outsideStrings = text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""');
  const numbers = outsideStrings.match(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g) ?? [];
  return numbers.some((number) => Number.isInteger(Number(number)) && !Number.isSafeInteger(Number(number)));
}
