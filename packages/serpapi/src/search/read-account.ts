import { known, readNumber, readText } from "./read-text.ts";

/** The remaining searches of an account. SerpApi's answer also contains the key and the owner's address and id, which are not read. */
export type Account = {
  plan?: string;
  searchesPerMonth?: number;
  /** The plan's searches and those bought in addition. */
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
