import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A server that listens. */
export interface RunningServer {
  /** Where clients connect, without a trailing slash: `http://127.0.0.1:4100`. */
  readonly url: string;
  /**
   * Stops listening, and closes every connection. `grace`: milliseconds that requests which run may take to end; no further
   * one is taken meanwhile.
   * @default 0: those with a running request are closed at once
   */
  close(options?: { readonly grace?: number }): Promise<void>;
}

/**
 * Binds a server of `node:http`.
 * @throws Error with a sentence where the port is taken, or may not be bound.
 */
export async function listen(
  server: Server,
  { host = "127.0.0.1", port = 0 }: { host?: string; port?: number } = {},
): Promise<RunningServer> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(listenError(error, host, port)));
    server.listen(port, host.replace(/^\[|\]$/g, ""), resolve);
  });
  const { address, family, port: bound } = server.address() as AddressInfo;
  return {
    url: `http://${family === "IPv6" ? `[${address}]` : address}:${bound}`,
    close: ({ grace = 0 } = {}) =>
      new Promise((resolve) => {
        // A connection whose request has ended is kept for the next one, which will not be taken.
        const sweep = setInterval(() => server.closeIdleConnections(), 50);
        const cut = setTimeout(() => server.closeAllConnections(), grace);
        server.close(() => {
          clearInterval(sweep);
          clearTimeout(cut);
          resolve();
        });
        if (grace === 0) server.closeAllConnections();
      }),
  };
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const sentences: { readonly [code: string]: string } = {
    EADDRINUSE: `Port ${port} of ${host} is taken. Choose another with --port.`,
    EACCES: `This user may not bind port ${port}. Choose one above 1023.`,
    EADDRNOTAVAIL: `This machine does not have the address ${host}. Bind 127.0.0.1, or an address that it has.`,
    ENOTFOUND: `The host ${host} cannot be resolved. Bind 127.0.0.1, or an address of this machine.`,
  };
  const sentence = sentences[error.code ?? ""];
  return sentence === undefined ? error : new Error(sentence, { cause: error });
}

/**
 * Settles at Ctrl+C, or at the signal that ends a service. A program that then closes its server ends with code 0. Call it
 * before the server is announced, since either signal may follow at once. A second signal ends the process at once.
 */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      process.off("SIGINT", stop).off("SIGTERM", stop);
      resolve();
    };
    process.on("SIGINT", stop).on("SIGTERM", stop);
  });
}
