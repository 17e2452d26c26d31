import type { ProviderError } from "@llm-provider/core";
import { retryHeaders, statusOf, toErrorBody } from "../answer/to-error.ts";
import type { Call } from "./call.ts";

/** The most characters of the list of dropped parameters. */
const longestList = 2000;

/** Headers that describe how the answer was produced. */
export function answerHeaders({ id, record, sent }: Call): Record<string, string> {
  const { target, dropped = [], isStream, isEstimated, cost, path, cache = "off" } = record;
  return {
    "x-llm-provider-request-id": id,
    ...(target !== undefined && { "x-llm-provider-target": headerText(target) }),
    "x-llm-provider-attempts": String(sent),
    ...(path === "/v1/chat/completions" && { "x-llm-provider-cache": cache }),
    ...(cost !== undefined && !isStream && !isEstimated && { "x-llm-provider-cost": toDecimal(cost) }),
    ...(dropped.length > 0 && { "x-llm-provider-dropped": headerText(dropped.join("; ")).slice(0, longestList) }),
  };
}

/** The response to a request that failed before any part of an answer was sent. */
export function errorResponse(error: ProviderError, call: Call): Response {
  const isGone = error.code === "aborted";
  call.end(isGone ? 499 : statusOf(error), error);
  return Response.json(toErrorBody(error, call.attempts), {
    status: statusOf(error),
    headers: { ...answerHeaders(call), ...retryHeaders(error), ...limitHeaders(error) },
  });
}

/** Names the client's limit that was reached. After a used-up budget an immediate retry would fail too. */
function limitHeaders({ provider, code, metadata }: ProviderError): Record<string, string> {
  if (provider !== "gateway") return {};
  const limit = metadata?.["limit"];
  return {
    ...(typeof limit === "string" && { "x-llm-provider-limit": limit }),
    ...(code === "quota" && { "x-should-retry": "false" }),
  };
}

/** Writes small amounts without an exponent (1.5e-7), since readers of prices expect decimals. */
export function toDecimal(dollars: number): string {
  return dollars.toFixed(12).replace(/\.?0+$/, "");
}

/** Replaces characters that HTTP headers do not allow. */
function headerText(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]+/g, "?");
}
