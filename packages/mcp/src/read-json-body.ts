import type { IncomingMessage } from "node:http";

/** Why a body cannot be used, as an HTTP status and a sentence. */
export type BodyProblem = { status: 400 | 413; message: string };

/** The JSON that a request carries. Reads no more than `limit` bytes. */
export async function readJsonBody(
  request: IncomingMessage,
  limit: number,
): Promise<{ body: unknown } | { problem: BodyProblem }> {
  const tooLong = { problem: { status: 413, message: `A request may hold ${limit} bytes at most.` } } as const;
  if (Number(request.headers["content-length"]) > limit) return tooLong;
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > limit) return tooLong;
    pieces.push(piece);
  }
  try {
    return { body: JSON.parse(Buffer.concat(pieces).toString("utf8")) };
  } catch {
    return { problem: { status: 400, message: "The request's body is not JSON." } };
  }
}
