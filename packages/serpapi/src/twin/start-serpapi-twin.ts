import { createServer } from "node:http";
import { createCheck, listen } from "@llm-provider/server";
import { answerSearch, type TwinReply } from "./answer-search.ts";

export interface SerpapiTwinOptions {
  /**
   * The only key that the twin accepts.
   * @default any key, but a key is required
   */
  apiKey?: string;
  /** @default a free port */
  port?: number;
  /**
   * Searches that the account has left.
   * @default 250
   */
  searchesLeft?: number;
  /**
   * Searches an hour.
   * @default 50
   */
  limitPerHour?: number;
  /** Scripts an answer. `undefined` leaves it to the twin, `"hang"` never answers. */
  answer?: (search: TwinSearch) => TwinReply | "hang" | undefined;
}

/** A request that the twin received, without the key. */
export interface TwinSearch {
  path: string;
  parameters: { [name: string]: string };
}

export interface SerpapiTwin {
  /** For the option `baseURL` of `serpapi()`. */
  readonly url: string;
  readonly requests: readonly TwinSearch[];
  close(): Promise<void>;
}

const invalidKey = "Invalid API key. Your API key should be here: https://serpapi.com/manage-api-key";

/**
 * Starts a fake SerpApi on loopback that needs no account. It refuses a wrong key, an exhausted account and a missing query as SerpApi
 * documents it, and makes up results in the documented form. The same search gets the same results.
 */
export async function startSerpapiTwin(options: SerpapiTwinOptions = {}): Promise<SerpapiTwin> {
  const { apiKey, port, limitPerHour = 50 } = options;
  const requests: TwinSearch[] = [];
  const account = { searchesLeft: options.searchesLeft ?? 250, usedThisHour: 0, limitPerHour };
  const check = createCheck();

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
    const send = ({ status, body, headers }: TwinReply): void => {
      response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers });
      response.end(typeof body === "string" ? body : JSON.stringify(body, null, 2));
    };
    // A web page must not fill the list of requests.
    const refused = check((name) => String(request.headers[name] ?? "") || undefined, pathname).refusal;
    if (refused) return send(refusal(refused.status, refused.message));
    const { api_key: key, ...parameters } = Object.fromEntries(searchParams);
    const search = { path: pathname, parameters };
    requests.push(search);
    const scripted = options.answer?.(search);
    if (scripted !== "hang") send(scripted ?? reply(search, key));
  });
  const { url, close } = await listen(server, { port });
  return { url, requests, close };

  function reply({ path, parameters }: TwinSearch, key: string | undefined): TwinReply {
    const isAccount = path === "/account" || path === "/account.json";
    if (!isAccount && path !== "/search" && path !== "/search.json") return refusal(404, "Not found.");
    if (key === undefined || (apiKey !== undefined && key !== apiKey)) return refusal(401, invalidKey);
    if (isAccount) return answerAccount(account, key);
    if (account.searchesLeft <= 0) return refusal(429, "Your account has run out of searches.");
    // SerpApi documents this case, but not its message.
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

/** The answer of the account API. Like the real one, it contains the key and its owner. */
function answerAccount(
  account: { searchesLeft: number; usedThisHour: number; limitPerHour: number },
  key: string,
): TwinReply {
  const { searchesLeft, usedThisHour, limitPerHour } = account;
  return {
    status: 200,
    body: {
      account_id: "5ac54d6adefb2f1dba1663f5",
      api_key: key,
      account_email: "demo@example.org",
      plan_id: "free",
      plan_name: "Free Plan",
      plan_monthly_price: 0,
      searches_per_month: 250,
      plan_searches_left: searchesLeft,
      extra_credits: 0,
      total_searches_left: searchesLeft,
      this_month_usage: 250 - searchesLeft,
      last_hour_searches: usedThisHour,
      account_rate_limit_per_hour: limitPerHour,
    },
  };
}
