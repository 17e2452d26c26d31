import type { ChatRequest, JsonObject } from "@llm-provider/core";
import type { Kit } from "./kit.ts";
import { send } from "./send.ts";

/** A message as it arrived, in the names of a caller. */
export type Turn = JsonObject & { readonly role: string };

/** Sends a request and gives the messages that arrived. */
export async function arrivingTurns(kit: Kit, request: ChatRequest): Promise<Turn[]> {
  const { asked } = await send(kit, request);
  return asked.messages as unknown as Turn[];
}
