import { request, type OutgoingHttpHeaders } from "node:http";

type Answer = { status: number; headers: NodeJS.Dict<string | string[]>; text: string };

/** Sends a request with node:http, because fetch sets Host and Sec-Fetch-Site itself. */
export function send(
  url: string,
  headers: OutgoingHttpHeaders = {},
  { method = "GET", body = "" }: { method?: string; body?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (piece: string) => (text += piece));
      response.on("error", () => undefined);
      response.on("close", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}
