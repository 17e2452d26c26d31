import type { IncomingMessage } from "node:http";

const most = 16 * 1024 * 1024;

/** The text of a request's body; undefined when it is longer than 16 MiB. */
export async function readRequestBody(request: IncomingMessage): Promise<string | undefined> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > most) return undefined;
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString("utf8");
}
