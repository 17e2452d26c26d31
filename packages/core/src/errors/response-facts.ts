import type { ChatResult } from "../chat/chat-result.ts";
import type { Definition } from "../definition/definition.ts";
import { readLimits } from "./read-limits.ts";

/** What a result or an error says about the HTTP answer that it came in. */
export function responseFacts(
  definition: Definition,
  { status, headers }: Pick<ChatResult["response"], "status" | "headers">,
): ChatResult["response"] {
  const limits = readLimits(definition, headers);
  // The header that identifies an answer to the vendor's support.
  const requestId = headers[definition.limits?.requestId?.toLowerCase() ?? "x-request-id"];
  return { status, headers, ...(requestId !== undefined && { requestId }), ...(limits && { limits }) };
}
