import { type ErrorCode, ProviderError, type ToolOptions } from "@llm-provider/core";
import { errorSentence } from "@llm-provider/core/internal";
import { serveApp, type RunningServer, type ServerOptions } from "@llm-provider/server";
import { Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { EngineId } from "../search/engines.ts";
import { serpapi } from "../serpapi.ts";
import { readSearxngQuery } from "./read-searxng-query.ts";
import { toSearxng } from "./to-searxng.ts";

/** How SearXNG's clients are served. */
export interface SearxngOptions extends Omit<ServerOptions, "token" | "tokenHeader" | "publicPaths" | "maxBody"> {
  /**
   * What clients send as `X-API-Key`. At least 16 visible ASCII characters.
   * @default none: whoever reaches the server may search
   */
  key?: string;
  /**
   * The engine of ordinary searches. The default is the quickest.
   * @default "google_light"
   */
  engine?: EngineId;
  /** Options of the tool. Its time limit is 9 s here: LibreChat waits 10. */
  tool?: ToolOptions;
  /** Gets a sentence for each search that failed: LibreChat shows its users the status alone. */
  onError?: (sentence: string) => void;
}

/** LibreChat shows only the status of a failure to the model, so each status says what happened. */
const statuses: { readonly [code in ErrorCode]?: ContentfulStatusCode } = {
  "tool-call-invalid": 400,
  "invalid-request": 400,
  quota: 402,
  "rate-limit": 429,
  overloaded: 503,
  timeout: 504,
};

/**
 * A server that SearXNG's clients can search with, LibreChat's own web search among them.
 * @throws Error with a sentence where the port is taken, and for an address other than loopback without a key.
 */
export async function serveSearxng(options: SearxngOptions = {}): Promise<RunningServer> {
  const { key, engine = "google_light", onError, tool: toolOptions, ...server } = options;
  const tool = serpapi({ timeout: 9000, ...toolOptions });
  const app = new Hono()
    .on("GET", "/search", async (context) => {
      // Hono answers HEAD as it answers GET; here it would cost a search.
      if (context.req.method !== "GET") return context.json({ error: "Use GET." }, 405);
      const { searchParams } = new URL(context.req.url);
      if ((searchParams.get("format") ?? "json") !== "json")
        return context.json({ error: "Only format=json is served." }, 403);
      const query = readSearxngQuery(searchParams, engine);
      const category = searchParams.get("categories") ?? "general";
      // LibreChat throws the videos of a SearXNG away, so a search for them would be paid for nothing.
      if (!query) return context.json(emptyAnswer(searchParams.get("q") ?? "", category));
      try {
        // The signal aborts when the client leaves.
        const output = await tool.execute(query, { signal: context.req.raw.signal });
        return context.json(toSearxng(output, category));
      } catch (error) {
        const sentence = errorSentence(error);
        onError?.(sentence);
        return context.json({ error: sentence }, (ProviderError.is(error) && statuses[error.code]) || 502);
      }
    })
    .all("/search", (context) => context.json({ error: "Use GET." }, 405))
    .all("*", (context) => context.json({ error: "There is nothing here: ask /search." }, 404));
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
