import type { ProviderOptions } from "@llm-provider/core";
import type { Reply } from "../twin/reply.ts";
import { errorCases, plainBody, type ErrorCase } from "./error-cases.ts";
import type { Kit } from "./kit.ts";
import { memorySite } from "./memory-site.ts";
import { withFakeClock } from "./with-fake-clock.ts";

/** One case for each status that is, or is not, to be tried again. */
export function retryCases(kit: Kit, retryable: boolean): ErrorCase[] {
  const all = errorCases(kit.definition, kit.wire).filter((one) => one.retryable === retryable);
  return all.filter(
    ({ status, code }, index) => all.findIndex((other) => other.status === status && other.code === code) === index,
  );
}

/** A definition may say that 429 means something else there. */
export function isTriedAgain(kit: Kit): boolean {
  return errorCases(kit.definition, kit.wire).some(({ at, retryable }) => at === "HTTP 429" && retryable);
}

export function rateLimitBody(kit: Kit): ReturnType<typeof plainBody> {
  return plainBody(kit.wire, 429);
}

/** The times between the requests of one call, by a clock of its own. */
export async function gaps(kit: Kit, reply: () => Reply, options: ProviderOptions): Promise<number[]> {
  const times: number[] = [];
  await withFakeClock(async () => {
    const site = memorySite(() => {
      times.push(Date.now());
      return reply();
    });
    await kit.rejection(kit.provider(site, options).chat(kit.request()), "an error");
  });
  return times.slice(1).map((time, index) => time - times[index]!);
}
