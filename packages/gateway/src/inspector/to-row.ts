import type { RequestRecord } from "../log/request-record.ts";
import type { InspectorRow } from "./inspected-request.ts";

/** The row of a request in the list. */
export function toRow(record: RequestRecord): InspectorRow {
  const { usage, firstContent, total, changes = 0 } = record;
  const seconds = firstContent === undefined || total === undefined ? 0 : (total - firstContent) / 1000;
  // An answer in one piece has no speed.
  const tokensPerSecond = usage && seconds >= 0.001 ? usage.outputTokens / seconds : undefined;
  return { ...record, changes, ...(tokensPerSecond !== undefined && { tokensPerSecond }) };
}
