import { checkAccount } from "../check-account.ts";
import { toolOptions } from "./tool-options.ts";

/** Prints the remaining searches of the account, but neither its key nor its owner. */
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
