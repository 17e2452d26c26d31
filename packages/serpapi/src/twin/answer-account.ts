import type { TwinReply } from "./twin-reply.ts";

/** The account page's answer; like the real one it repeats the key and names its owner. */
export function answerAccount(
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
