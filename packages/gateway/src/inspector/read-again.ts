import { type ChatEvent, defineProvider, type Definition, type ProviderFactory } from "@llm-provider/core";
import { readBatches } from "@llm-provider/core/internal";
import type { SealedExchange } from "../recording/seal.ts";

/** The events of a recorded answer. */
export interface ReadAgain {
  readonly events: readonly ChatEvent[];
  /** The events of each read, in the order of the reads. */
  readonly byRead: readonly (readonly ChatEvent[])[];
}

/**
 * Parses a recorded answer with the code that parsed it when it arrived. Events are not recorded at that time, since it would
 * delay the answer.
 */
export async function readAgain(definition: Definition, model: string, exchange: SealedExchange): Promise<ReadAgain> {
  const { status = 0, responseHeaders, response, sizes, endedAt, fault } = exchange;
  const bytes = Buffer.from(response.text);
  const byRead: ChatEvent[][] = sizes.map(() => []);
  let read = 0;
  let from = 0;
  const next = async (): Promise<ReadableStreamReadResult<Uint8Array>> => {
    if (read < sizes.length && from < bytes.length) {
      // Removing a key changes the length of the text, so the last read takes the rest.
      const end = read === sizes.length - 1 ? bytes.length : from + sizes[read]!;
      const value = bytes.subarray(from, end);
      [read, from] = [read + 1, end];
      return { value, done: false };
    }
    if (endedAt === undefined || fault !== undefined || response.isCut) throw new Error("No more was recorded.");
    return { value: undefined, done: true };
  };
  const recorded = {
    status,
    ok: true,
    type: "default",
    headers: new Headers(responseHeaders),
    body: { getReader: () => ({ read: next, cancel: async () => {} }), cancel: async () => {} },
  } as unknown as Response;
  const factory = defineProvider(definition as Definition & { smallModel: never }) as unknown as ProviderFactory;
  const provider = factory({ apiKey: "recorded", fetch: async () => recorded, maxRetries: 0 });
  const reader = readBatches(provider.stream({ model, messages: [] }));
  const events: ChatEvent[] = [];
  try {
    for (let batch = await reader.next(); batch; batch = await reader.next()) {
      for (const event of batch) events.push(event);
      byRead[Math.max(0, read - 1)]?.push(...batch);
    }
  } catch {
    // The original answer broke off here too. The events before count.
  } finally {
    reader.leave();
  }
  return { events, byRead };
}
