import type { Definition } from "@llm-provider/core";
import type { Reply } from "./reply.ts";
import type { TwinFault } from "./twin-scenario.ts";
import type { Wire } from "./wire.ts";

/** The reply with what goes wrong on the way. */
export function withFault(
  reply: Reply,
  fault: TwinFault,
  { wire, now }: { definition: Definition; wire: Wire; now: () => number },
): Reply {
  const { delay, pause, cutAt, reset, hang, rateLimit } = fault;
  if (!rateLimit) return { ...reply, delay, pause, cutAt, reset, hang };
  const { as, wait } = rateLimit;
  const headers: Record<string, string> = { "content-type": "application/json" };
  if (as === "seconds") headers["retry-after"] = String(Math.ceil(wait / 1000));
  if (as === "milliseconds") headers["retry-after-ms"] = String(wait);
  if (as === "date") headers["retry-after"] = new Date(now() + wait).toUTCString();
  const message = `Rate limit reached.${as === "text" ? ` Please try again in ${wait / 1000}s.` : ""}`;
  const body = wire.writeError({ status: 429, message, type: "rate_limit_exceeded" });
  return { status: 429, headers, pieces: [JSON.stringify(body)], delay };
}
