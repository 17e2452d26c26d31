import type { ChatResult } from "../chat/chat-result.ts";
import type { Definition } from "../definition/definition.ts";
import type { OpenResponse } from "../transport/send-request.ts";
import { readLimits } from "../errors/read-limits.ts";
import { requestIdOf } from "../errors/classify-error.ts";

/** What a result says about the HTTP answer that it came in. */
export function responseFacts(
  definition: Definition,
  { status, headers }: Pick<OpenResponse, "status" | "headers">,
): ChatResult["response"] {
  const limits = readLimits(definition, headers);
  const requestId = requestIdOf(definition, headers);
  return { status, headers, ...(requestId !== undefined && { requestId }), ...(limits && { limits }) };
}
