import { checkAccount } from "../check-account.ts";
import { toolOptions } from "./tool-options.ts";

/** What the account has left; never the key, nor whose it is. */
export async function printAccount(): Promise<void> {
  const { plan, searchesPerMonth, searchesLeft, usedThisMonth, usedLastHour, limitPerHour } =
    await checkAccount(toolOptions());
  const lines: [what: string, value: string | number | undefined][] = [
    ["Plan", plan],
    ["Searches left", searchesLeft],
    ["Searches a month", searchesPerMonth],
    ["Used this month", usedThisMonth],
    ["Used in the last hour", usedLastHour],
    ["Limit an hour", limitPerHour],
  ];
  for (const [what, value] of lines) if (value !== undefined) console.log(`${what}: ${value}`);
}
