import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A server that listens. */
export interface RunningServer {
  /** The URL that clients connect to, without a trailing slash: `http://127.0.0.1:4100`. */
  readonly url: string;
  /**
   * Stops listening, and closes every connection. `grace`: milliseconds that running requests may take to end; the server accepts no new
   * ones meanwhile.
   * @default 0: running requests are cut off
   */
  close(options?: { readonly grace?: number }): Promise<void>;
}

/**
 * Binds a server of `node:http`.
 * @throws Error with a sentence if the port is taken or cannot be bound.
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
        // Keep-alive connections become idle when their request ends, and would stay open.
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
 * Settles at Ctrl+C (SIGINT) or SIGTERM. A program that then closes its server ends with code 0. Call it before you announce the
 * server, since a signal may follow immediately. A second signal ends the process at once.
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
