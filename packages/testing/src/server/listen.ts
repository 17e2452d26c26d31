import type { AddressInfo } from "node:net";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import { isLoopback } from "@llm-provider/core/internal";

/** Starts a server that listens on loopback only. */
export async function listen(
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  port = 0,
): Promise<{ origin: string; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  await new Promise<void>((done, fail) => {
    server.once("error", fail);
    server.listen(port, "127.0.0.1", done);
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

const most = 16 * 1024 * 1024;

/** The text of a request's body; undefined if it is longer than 16 MiB. */
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

/** False for a request that comes from a web page or uses a foreign host name. */
export function isLocalRequest({ host, origin }: IncomingHttpHeaders): boolean {
  return [`http://${host ?? ""}`, ...(origin === undefined ? [] : [origin])].every((address) => {
    const url = URL.parse(address);
    return url !== null && isLoopback(url.hostname);
  });
}
