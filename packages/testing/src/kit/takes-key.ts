import type { Definition } from "@llm-provider/core";
import { isLoopback } from "@llm-provider/core/internal";

/** May a key be sent to this endpoint? Core sends no key over http to another machine. */
export function takesKey({ baseURL }: Definition): boolean {
  const { protocol, hostname } = new URL(baseURL);
  return protocol === "https:" || isLoopback(hostname);
}
