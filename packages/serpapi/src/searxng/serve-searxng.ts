import type { IncomingMessage, ServerResponse } from "node:http";
import { type ErrorCode, ProviderError, type ToolOptions } from "@llm-provider/core";
import {
  errorSentence,
  startLocalServer,
  writeJson,
  type LocalServer,
  type LocalServerOptions,
} from "@llm-provider/mcp";
import type { EngineId } from "../search/engines.ts";
import { serpapi } from "../serpapi.ts";
import { readSearxngQuery } from "./read-searxng-query.ts";
import { toSearxng } from "./to-searxng.ts";

export type SearxngOptions = Omit<LocalServerOptions, "secret" | "secretHeader"> & {
  /** What clients send as `X-API-Key`. */
  key?: string;
  /** The engine of ordinary searches; `google_light`, the quickest. */
  engine?: EngineId;
  /** Options of the tool. Its time limit is 9 s here: LibreChat waits 10. */
  tool?: ToolOptions;
  /** Told why a search failed, in a sentence: LibreChat shows its users the status alone. */
  onError?: (sentence: string) => void;
};

/** LibreChat shows a failure's status to the model, and nothing else of it: each says what happened. */
const statuses: { readonly [code in ErrorCode]?: number } = {
  "tool-call-invalid": 400,
  "invalid-request": 400,
  quota: 402,
  "rate-limit": 429,
  overloaded: 503,
  timeout: 504,
};

/** A server that SearXNG's clients can search with, LibreChat's own web search among them. */
export async function serveSearxng(options: SearxngOptions = {}): Promise<LocalServer> {
  const { key, engine = "google_light", onError } = options;
  const tool = serpapi({ timeout: 9000, ...options.tool });
  return startLocalServer(
    { ...options, secretHeader: "x-api-key", ...(key !== undefined && { secret: key }) },
    async (request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
      if (pathname !== "/search") return writeJson(response, 404, { error: "There is nothing here: ask /search." });
      if (request.method !== "GET") return writeJson(response, 405, { error: "Use GET." });
      if ((searchParams.get("format") ?? "json") !== "json")
        return writeJson(response, 403, { error: "Only format=json is served." });
      const query = readSearxngQuery(searchParams, engine);
      const category = searchParams.get("categories") ?? "general";
      // LibreChat throws the videos of a SearXNG away, so a search for them would be paid for nothing.
      if (!query) return writeJson(response, 200, emptyAnswer(searchParams.get("q") ?? "", category));
      try {
        const output = await tool.execute(query, { signal: signalOf(request, response) });
        writeJson(response, 200, toSearxng(output, category));
      } catch (error) {
        const sentence = errorSentence(error);
        onError?.(sentence);
        writeJson(response, statusOf(error), { error: sentence });
      }
    },
  );
}

function statusOf(error: unknown): number {
  return (ProviderError.is(error) && statuses[error.code]) || 502;
}

function emptyAnswer(query: string, category: string): object {
  return {
    query,
    number_of_results: 0,
    results: [],
    answers: [],
    corrections: [],
    infoboxes: [],
    suggestions: [],
    unresponsive_engines: [[category, "this category is not served"]],
  };
}

/** A client that has gone waits for nothing. */
function signalOf(request: IncomingMessage, response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  response.once("close", () => {
    if (!response.writableEnded) controller.abort();
  });
  return controller.signal;
}
