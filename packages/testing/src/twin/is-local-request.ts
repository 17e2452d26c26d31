import type { IncomingHttpHeaders } from "node:http";
import { isLoopback } from "@llm-provider/core/internal";

/** False for a request that a web page or a foreign name brought to this port. */
export function isLocalRequest({ host, origin }: IncomingHttpHeaders): boolean {
  return [`http://${host ?? ""}`, ...(origin === undefined ? [] : [origin])].every((address) => {
    const url = URL.parse(address);
    return url !== null && isLoopback(url.hostname);
  });
}
