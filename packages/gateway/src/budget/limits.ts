import { createHash } from "node:crypto";
import type { ClientConfig, Period } from "../config/config.ts";
import { microsPerDollar, toMicros } from "./micros.ts";
import { windowOf, type Window } from "./window-of.ts";

/** One limit on a client, or on each of its users. */
export interface Limit {
  readonly of: "budget" | "rate";
  readonly counts: "usd" | "tokens" | "requests";
  /** The maximum per window, as a whole number of micro-dollars, tokens or requests. */
  readonly most: number;
  readonly per: Period;
}

/** Returns the limits in a client's configuration. */
export function limitsOf({ budget, rate }: Pick<ClientConfig, "budget" | "rate">): Limit[] {
  const limits: (Limit | undefined)[] = [
    budget?.usd === undefined
      ? undefined
      : { of: "budget", counts: "usd", most: toMicros(budget.usd), per: budget.per },
    budget?.tokens === undefined ? undefined : { of: "budget", counts: "tokens", most: budget.tokens, per: budget.per },
    rate?.requests === undefined ? undefined : { of: "rate", counts: "requests", most: rate.requests, per: rate.per },
    rate?.tokens === undefined ? undefined : { of: "rate", counts: "tokens", most: rate.tokens, per: rate.per },
  ];
  return limits.filter((limit) => limit !== undefined);
}

/** Returns a limit's counter for the current window. Its key has a digest of the user's name, to keep the name private. */
export function counterOf(
  { of, counts, per }: Limit,
  client: string,
  user: string | undefined,
  now: number,
): Window & { readonly key: string } {
  const window = windowOf(per, now);
  const digest = user === undefined ? "" : createHash("sha256").update(user).digest("hex").slice(0, 32);
  return { ...window, key: JSON.stringify([client, digest, of, counts, window.name]) };
}

/** Converts a counted amount to dollars, tokens or requests. */
export function amountIn({ counts }: Pick<Limit, "counts">, amount: number): number {
  return counts === "usd" ? amount / microsPerDollar : amount;
}

/** Formats a counted amount for a person. */
export function amountText({ counts }: Pick<Limit, "counts">, amount: number): string {
  if (counts !== "usd") return `${amount} ${counts}`;
  return `$${amountIn({ counts }, amount)
    .toFixed(6)
    .replace(/0{1,4}$/, "")}`;
}
