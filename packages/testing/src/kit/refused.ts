import type { Reply } from "../twin/reply.ts";
import type { Kit } from "./kit.ts";
import { memorySite } from "./memory-site.ts";

/** The error that a reply becomes. Fails when it becomes none. */
export function refused(kit: Kit, reply: Reply, at: string, mode: "chat" | "stream" = "chat"): Promise<unknown> {
  const provider = kit.provider(memorySite(reply));
  return kit.rejection(
    mode === "chat" ? provider.chat(kit.request()) : provider.stream(kit.request()).result,
    "an error",
    at,
  );
}
