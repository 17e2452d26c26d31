import type { LanguageModelV4, LanguageModelV4StreamPart, LanguageModelV4StreamResult } from "@ai-sdk/provider";
import { type ChatEvent, type ChatStream, type Provider, ProviderError } from "@llm-provider/core";
import { type Call, openCall } from "./open-call.ts";
import { toAiSdkError } from "./to-error.ts";
import { contentOf, endingOf, PartWriter } from "./to-parts.ts";

/** One model of a provider, for AI SDK. */
export function toLanguageModel(provider: Provider, modelId: string): LanguageModelV4 {
  return {
    specificationVersion: "v4",
    provider: provider.id,
    modelId,
    // Only Chat Completions is known to take addresses; elsewhere AI SDK downloads, and the bytes are sent.
    supportedUrls: provider.definition?.dialect.settings ? { "image/*": [/^https:/] } : {},
    async doGenerate(options) {
      const { request, warnings, options: call, sent } = openCall(provider, modelId, options);
      try {
        const result = await provider.chat(request, call);
        const { id, model, response } = result;
        return {
          content: contentOf(result),
          ...endingOf(result),
          warnings,
          request: { url: sent.url, body: sent.body },
          response: { id, modelId: model, headers: response.headers },
        };
      } catch (error) {
        throw toAiSdkError(error, sent, options.abortSignal);
      }
    },
    async doStream(options) {
      const call = openCall(provider, modelId, options);
      const queue: LanguageModelV4StreamPart[] = [{ type: "stream-start", warnings: call.warnings }];
      if (options.includeRawChunks) call.options.onChunk = (data) => queue.push({ type: "raw", rawValue: data });
      return startStream(provider.stream(call.request, call.options), call, queue);
    },
  };
}

const eventsAPull = 16;

async function startStream(
  stream: ChatStream,
  { sent, options: { signal } }: Call,
  queue: LanguageModelV4StreamPart[],
): Promise<LanguageModelV4StreamResult> {
  const events = stream[Symbol.asyncIterator]();
  // A failure before the first event rejects, so that AI SDK tries again.
  let first: IteratorResult<ChatEvent> | undefined = await events.next().catch((error: unknown) => {
    throw toAiSdkError(error, sent, signal);
  });
  const writer = new PartWriter((part) => queue.push(part));
  let isEnded = false;
  const step = async (): Promise<void> => {
    try {
      const { value, done } = first ?? (await events.next());
      first = undefined;
      if (!done && value.type !== "finish") return writer.add(value);
      // The result is there once the loop has ended.
      if (!done) await events.next();
      writer.finish(await stream.result);
    } catch (error) {
      const theirs = toAiSdkError(error, sent, signal);
      // AI SDK wants an abort thrown, and everything else told as a part.
      if (ProviderError.is(error) && error.code === "aborted") throw theirs;
      writer.fail(theirs);
    }
    isEnded = true;
  };
  return {
    request: { url: sent.url, body: sent.body },
    stream: new ReadableStream({
      async pull(controller) {
        // Several events a call: half of the cost of a chunk is the call. What is written is read at once.
        let isWritten = false;
        for (let read = 0; !isEnded && (read < eventsAPull || !isWritten); read++) {
          await step();
          isWritten ||= queue.length > 0;
          for (const part of queue) controller.enqueue(part);
          queue.length = 0;
        }
        if (isEnded) controller.close();
      },
      async cancel() {
        await events.return?.();
      },
    }),
  };
}
