import type { IncomingHttpHeaders } from "node:http";

/** A request that a twin was sent, and the status it gave. */
export type TwinRequest = {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  text: string;
  body: unknown;
  status: number;
};
