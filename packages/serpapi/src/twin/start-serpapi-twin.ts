import { startLocalServer } from "@llm-provider/mcp";
import { answerAccount } from "./answer-account.ts";
import { answerSearch } from "./answer-search.ts";
import type { TwinReply } from "./twin-reply.ts";

export type SerpapiTwinOptions = {
  /** The only key that passes. Without it any passes, but none does not. */
  apiKey?: string;
  /** A free one unless given. */
  port?: number;
  /** Searches that the account has left; 250. */
  searchesLeft?: number;
  /** Searches an hour; 50. */
  limitPerHour?: number;
  /** A scripted answer. `undefined`: the twin's own. `"hang"`: none, ever. */
  answer?: (search: TwinSearch) => TwinReply | "hang" | undefined;
};

/** A request that the twin was sent; the key is left out. */
export type TwinSearch = { path: string; parameters: { [name: string]: string } };

export type SerpapiTwin = {
  /** For the option `baseURL` of `serpapi()`. */
  readonly url: string;
  readonly requests: readonly TwinSearch[];
  close(): Promise<void>;
};

const invalidKey = "Invalid API key. Your API key should be here: https://serpapi.com/manage-api-key";

/**
 * A SerpApi on loopback that needs no account: it refuses a wrong key, an exhausted account and a query that is missing as
 * SerpApi documents it, and makes up results in the documented form. The same search gets the same results.
 */
export async function startSerpapiTwin(options: SerpapiTwinOptions = {}): Promise<SerpapiTwin> {
  const { apiKey, port = 0, limitPerHour = 50 } = options;
  const requests: TwinSearch[] = [];
  const account = { searchesLeft: options.searchesLeft ?? 250, usedThisHour: 0, limitPerHour };

  const server = await startLocalServer({ port }, async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
    const { api_key: key, ...parameters } = Object.fromEntries(searchParams);
    const search = { path: pathname, parameters };
    requests.push(search);
    const scripted = options.answer?.(search);
    if (scripted === "hang") return;
    const { status, body, headers } = scripted ?? reply(search, key);
    response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers });
    response.end(typeof body === "string" ? body : JSON.stringify(body, null, 2));
  });
  return { url: server.url, requests, close: server.close };

  function reply({ path, parameters }: TwinSearch, key: string | undefined): TwinReply {
    const isAccount = path === "/account" || path === "/account.json";
    if (!isAccount && path !== "/search" && path !== "/search.json") return refusal(404, "Not found.");
    if (key === undefined || (apiKey !== undefined && key !== apiKey)) return refusal(401, invalidKey);
    if (isAccount) return answerAccount(account, key);
    if (account.searchesLeft <= 0) return refusal(429, "Your account has run out of searches.");
    // SerpApi documents the case, not its words.
    if (account.usedThisHour >= limitPerHour)
      return refusal(429, "The number of requests sent using this API key exceeds the hourly throughput limit.");
    const answer = answerSearch(parameters);
    if (answer.status === 200) {
      account.searchesLeft--;
      account.usedThisHour++;
    }
    return answer;
  }
}

function refusal(status: number, error: string): TwinReply {
  return { status, body: { error } };
}
