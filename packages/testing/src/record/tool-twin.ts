import { readJson } from "../read-json.ts";

/** A request as a tool sent it. */
export interface ToolRequest {
  /** In upper case. */
  readonly method: string;
  readonly url: URL;
  /** The last segment of the path: `search` of `https://api.acme.ai/v1/search`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  /** Parsed if it is JSON, else the text; `undefined` if none was sent. */
  readonly body: unknown;
}

/** Makes the `twin` of `recordTool` from a function that answers one request as the API's documentation says. */
export function toolTwin(
  answer: (request: ToolRequest) => Response | Promise<Response>,
): (url: string, init: RequestInit) => Promise<Response> {
  return async (address, init) => {
    const request = new Request(address, init);
    const url = new URL(address);
    const { method, headers } = request;
    const path = url.pathname.split("/").findLast((part) => part !== "") ?? "";
    return answer({ method, url, path, query: url.searchParams, headers, body: readBody(await request.text()) });
  };
}

function readBody(text: string): unknown {
  if (text === "") return undefined;
  const json = readJson(text);
  return json === undefined ? text : json;
}
