import type { ServerResponse } from "node:http";
import { setImmediate as turn, setTimeout as sleep } from "node:timers/promises";

/** One HTTP response, and its faults. */
export interface MockResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** Each piece is one write to the socket. */
  readonly pieces: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;
  /** Milliseconds before the headers. */
  readonly delay?: number;
  /** Milliseconds after each piece. */
  readonly pause?: number;
  /** The connection is destroyed after this many bytes of the body. */
  readonly cutAt?: number;
  /** The connection is reset before the headers. */
  readonly reset?: boolean;
  /** The response stops: before the headers, or after the first piece. */
  readonly hang?: "headers" | "body";
}

/** Writes a response piece by piece. Each piece is flushed before the next, so that the reader sees the cuts. */
export async function writeResponse(response: ServerResponse, reply: MockResponse): Promise<void> {
  const { status, headers, pieces, delay = 0, pause = 0, cutAt = Number.POSITIVE_INFINITY, hang } = reply;
  // The client may leave at any time: that is not an error of the server.
  response.on("error", () => {});
  if (delay > 0) await sleep(delay);
  if (reply.reset) return void response.socket?.resetAndDestroy();
  if (hang === "headers") return;
  response.writeHead(status, headers as Record<string, string | string[]>);
  response.flushHeaders();
  let sent = 0;
  for await (const piece of pieces) {
    if (response.destroyed) return;
    const bytes = typeof piece === "string" ? Buffer.from(piece) : piece;
    const kept = bytes.subarray(0, cutAt - sent);
    sent += kept.length;
    if (kept.length > 0) await write(response, kept);
    if (sent >= cutAt) return void response.destroy();
    if (hang === "body") return;
    await (pause > 0 ? sleep(pause) : turn());
  }
  response.end();
}

function write(response: ServerResponse, bytes: Uint8Array): Promise<void> {
  return new Promise((done) => {
    response.once("close", done);
    response.write(bytes, () => {
      response.off("close", done);
      done();
    });
  });
}
