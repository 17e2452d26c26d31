import { maskKeys } from "@llm-provider/core/internal";
import type { EndedRequest } from "./request-log.ts";

/** A request as one line of JSON. Keys that somebody pasted into a message or a name are masked. */
export function toLogLine({ record, content }: EndedRequest): string {
  return `${maskKeys(JSON.stringify({ ...record, ...content }))}\n`;
}
