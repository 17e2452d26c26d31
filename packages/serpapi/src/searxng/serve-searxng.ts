import { type ErrorCode, ProviderError, type ToolOptions } from "@llm-provider/core";
import { errorSentence } from "@llm-provider/core/internal";
import { serveApp, type RunningServer, type ServerOptions } from "@llm-provider/server";
import { Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { EngineId } from "../search/engines.ts";
import { serpapi } from "../serpapi.ts";
import { readSearxngQuery } from "./read-searxng-query.ts";
import { toSearxng } from "./to-searxng.ts";

/** Options of the server for SearXNG clients. */
export interface SearxngOptions extends Omit<ServerOptions, "token" | "tokenHeader" | "publicPaths" | "maxBody"> {
  /**
   * The key that clients send as `X-API-Key`. At least 16 visible ASCII characters.
   * @default none: every client that reaches the server may search
   */
  key?: string;
  /**
   * The engine of ordinary searches. The default is the fastest.
   * @default "google_light"
   */
  engine?: EngineId;
  /** Options of the tool. The default time limit is 9 s here, since LibreChat waits 10 s. */
  tool?: ToolOptions;
  /** Called with a sentence for each failed search: LibreChat shows its users only the status. */
  onError?: (sentence: string) => void;
}

/** LibreChat passes only the status of a failure to the model, so each kind of failure has its own status. */
const statuses: { readonly [code in ErrorCode]?: ContentfulStatusCode } = {
  "tool-call-invalid": 400,
  "invalid-request": 400,
  quota: 402,
  "rate-limit": 429,
  overloaded: 503,
  timeout: 504,
};

/**
 * Starts a server for SearXNG clients, such as LibreChat's own web search.
 * @throws Error with a sentence if the port is taken, or if an address other than loopback has no key.
 */
export async function serveSearxng(options: SearxngOptions = {}): Promise<RunningServer> {
  const { key, engine = "google_light", onError, tool: toolOptions, ...server } = options;
  const tool = serpapi({ timeout: 9000, ...toolOptions });
  const app = new Hono()
    .on("GET", "/search", async (context) => {
      // Hono treats HEAD like GET, which would cost a search here.
      if (context.req.method !== "GET") return context.json({ error: "Use GET." }, 405);
      const { searchParams } = new URL(context.req.url);
      if ((searchParams.get("format") ?? "json") !== "json")
        return context.json({ error: "Only format=json is served." }, 403);
      const query = readSearxngQuery(searchParams, engine);
      const category = searchParams.get("categories") ?? "general";
      // LibreChat discards videos from SearXNG, so a search for them would be wasted.
      if (!query) return context.json(emptyAnswer(searchParams.get("q") ?? "", category));
      try {
        // The signal aborts when the client disconnects.
        const output = await tool.execute(query, { signal: context.req.raw.signal });
        return context.json(toSearxng(output, category));
      } catch (error) {
        const sentence = errorSentence(error);
        onError?.(sentence);
        return context.json({ error: sentence }, (ProviderError.is(error) && statuses[error.code]) || 502);
      }
    })
    .all("/search", (context) => context.json({ error: "Use GET." }, 405))
    .all("*", (context) => context.json({ error: "There is nothing here: use /search." }, 404));
  return serveApp(app, { ...server, token: key, tokenHeader: "x-api-key" });
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
