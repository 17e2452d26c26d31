import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { isLoopback } from "@llm-provider/core/internal";
import { checkRequest } from "./check-request.ts";
import type { LocalServerOptions } from "./local-server-options.ts";
import { writeJson } from "./write-json.ts";

export type LocalServer = { readonly url: string; close(): Promise<void> };

/** The longest that reading the headers of a request may take, in milliseconds. */
const longestHeaders = 10_000;

/** An HTTP server that binds loopback, or asks for a secret; every request is checked before `handle` sees it. */
export async function startLocalServer(
  options: LocalServerOptions,
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<LocalServer> {
  const { host = "127.0.0.1", port = 0, secret, timeout = 120_000 } = options;
  if (!isLoopback(host) && secret === undefined) {
    throw new Error(
      `Binding ${host} would let the network use this server and its key. Give it a secret that clients must show, or bind 127.0.0.1.`,
    );
  }

  const server = createServer(
    { headersTimeout: Math.min(longestHeaders, timeout), requestTimeout: timeout },
    (request, response) => {
      const refusal = checkRequest(request, { ...options, host });
      if (refusal) return writeJson(response, refusal.status, { error: refusal.message }, refusal.headers);
      // A call that was cancelled is never answered: without this its connection would stay open for good.
      const timer = setTimeout(() => response.destroy(), timeout);
      response.once("close", () => clearTimeout(timer));
      handle(request, response).catch(() => writeJson(response, 500, { error: "The server failed on this request." }));
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(listenError(error, host, port)));
    server.listen(port, host.replace(/^\[|\]$/g, ""), resolve);
  });

  const { address, family, port: bound } = server.address() as AddressInfo;
  return {
    url: `http://${family === "IPv6" ? `[${address}]` : address}:${bound}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === "EADDRINUSE") return new Error(`Port ${port} of ${host} is taken. Choose another with --port.`);
  if (error.code === "EACCES") return new Error(`Port ${port} may not be bound by this user. Choose one above 1023.`);
  return error;
}
