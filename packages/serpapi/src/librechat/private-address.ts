import { isLoopback } from "@llm-provider/core/internal";

const privateHost = /^(10|127|192\.168|172\.(1[6-9]|2\d|3[01])|169\.254)\.|^[^.]+$|\.(internal|local|lan)$/;

/** The `host:port` that LibreChat must be told before it connects to a private network; undefined for a public host. */
export function privateAddress(url: string): string | undefined {
  const { hostname, port, protocol } = new URL(url);
  if (!isLoopback(hostname) && !privateHost.test(hostname)) return undefined;
  return `${hostname}:${port || (protocol === "https:" ? 443 : 80)}`;
}
