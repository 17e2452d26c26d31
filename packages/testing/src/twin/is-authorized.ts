import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { Definition } from "@llm-provider/core";
import { keyHeader } from "./key-header.ts";

/** Does the request carry the key, in the header and scheme of the definition? Without a wanted key any passes. */
export function isAuthorized(
  definition: Definition,
  headers: IncomingHttpHeaders,
  apiKey: string | undefined,
): boolean {
  const wanted = apiKey === undefined ? undefined : keyHeader(definition, apiKey);
  return wanted === undefined || isEqual(String(headers[wanted.name] ?? ""), wanted.value);
}

/** In a time that does not depend on where the two differ. */
function isEqual(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
