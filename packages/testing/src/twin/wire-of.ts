import type { Definition } from "@llm-provider/core";
import { chatCompletionsWire } from "./chat-completions-wire.ts";
import type { Wire } from "./wire.ts";

/** The endpoint's side of a definition's wire format: what its dialect brings, or the one for Chat Completions. */
export async function wireOf({ name, dialect }: Definition): Promise<Wire> {
  const brought = await dialect.server?.();
  if (brought) return brought.wire as Wire;
  if (dialect.settings) return chatCompletionsWire;
  throw new TypeError(
    `The dialect of ${name} has no \`server\`, so nobody knows how its endpoint writes answers. ` +
      "Give the dialect one: `server: async () => ({ wire })`, with a `Wire` of @llm-provider/testing.",
  );
}
