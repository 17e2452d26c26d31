import { type ChatEvent, type ChatStream, ProviderError } from "@llm-provider/core";
import { expect } from "vitest";

/** Returns all events of a stream, and the error that ended it. */
export async function readEvents(stream: ChatStream): Promise<{ events: ChatEvent[]; error?: ProviderError }> {
  const events: ChatEvent[] = [];
  try {
    for await (const event of stream) events.push(event);
  } catch (error) {
    if (!ProviderError.is(error)) throw error;
    return { events, error };
  }
  return { events };
}

/** Returns the ProviderError with which a call fails. */
export async function failure(promise: Promise<unknown> | (() => unknown)): Promise<ProviderError> {
  try {
    await (typeof promise === "function" ? promise() : promise);
  } catch (error) {
    expect(error, "everything that is thrown is a ProviderError").toSatisfy(ProviderError.is);
    return error as ProviderError;
  }
  return expect.fail("It succeeded.");
}
