import { known, readNumber, readText } from "./read-text.ts";

/** What an account has left. SerpApi's answer also contains the key, the address and the id of its owner: they are not read. */
export type Account = {
  plan?: string;
  searchesPerMonth?: number;
  /** Of the plan and of what was bought beside it. */
  searchesLeft?: number;
  usedThisMonth?: number;
  usedLastHour?: number;
  limitPerHour?: number;
};

export function readAccount(answer: unknown): Account {
  return known<Account>({
    plan: readText(answer, "plan_name"),
    searchesPerMonth: readNumber(answer, "searches_per_month"),
    searchesLeft: readNumber(answer, "total_searches_left"),
    usedThisMonth: readNumber(answer, "this_month_usage"),
    usedLastHour: readNumber(answer, "last_hour_searches"),
    limitPerHour: readNumber(answer, "account_rate_limit_per_hour"),
  });
}
