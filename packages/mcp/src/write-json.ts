import type { ServerResponse } from "node:http";

/** Answers with JSON; nothing, where an answer has begun already. */
export function writeJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  if (response.headersSent || response.destroyed) return void response.end();
  const text = JSON.stringify(body);
  // What is left of the request is not read: the connection ends with this answer.
  const unread = response.req.complete ? {} : { connection: "close" };
  response
    .writeHead(status, { "content-type": "application/json", "cache-control": "no-store", ...unread, ...headers })
    .end(text);
}
