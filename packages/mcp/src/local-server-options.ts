export type LocalServerOptions = {
  /** 127.0.0.1; any other than loopback needs a secret. */
  host?: string;
  /** A free one unless given. */
  port?: number;
  /** What clients must show. */
  secret?: string;
  /** Where they show it: `Authorization: Bearer …`, or `X-API-Key`. */
  secretHeader?: "authorization" | "x-api-key";
  /** Names by which clients reach this server beside its own: `host.docker.internal`. */
  allowedHosts?: readonly string[];
  /** Milliseconds for one request and its answer; 120,000. */
  timeout?: number;
};
