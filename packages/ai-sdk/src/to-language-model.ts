import type { LanguageModelV4, LanguageModelV4StreamPart, LanguageModelV4StreamResult } from "@ai-sdk/provider";
import { type Provider, ProviderError } from "@llm-provider/core";
import { readBatches } from "@llm-provider/core/internal";
import { type Call, openCall } from "./open-call.ts";
import { toAiSdkError } from "./to-error.ts";
import { contentOf, endingOf, PartWriter } from "./to-parts.ts";

/** One model of a provider, for AI SDK. */
export function toLanguageModel(provider: Provider, modelId: string): LanguageModelV4 {
  return {
    specificationVersion: "v4",
    provider: provider.id,
    modelId,
    // Only Chat Completions is known to accept URLs. For other dialects AI SDK downloads the image and sends its bytes.
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
      return startStream(provider, openCall(provider, modelId, options), options.includeRawChunks === true);
    },
  };
}

async function startStream(provider: Provider, call: Call, isRaw: boolean): Promise<LanguageModelV4StreamResult> {
  const { request, warnings, sent, options } = call;
  const { signal } = options;
  const queue: LanguageModelV4StreamPart[] = [{ type: "stream-start", warnings }];
  let write = (part: LanguageModelV4StreamPart): unknown => queue.push(part);
  if (isRaw) options.onChunk = (data) => write({ type: "raw", rawValue: data });
  const stream = provider.stream(request, options);
  const reader = readBatches(stream);
  // A failure before the first event rejects, so that AI SDK retries.
  let first = await reader.next().catch((error: unknown) => {
    throw toAiSdkError(error, sent, signal);
  });
  const writer = new PartWriter((part) => write(part));
  let isWritten = false;
  return {
    request: { url: sent.url, body: sent.body },
    stream: new ReadableStream({
      start(controller) {
        for (const part of queue) controller.enqueue(part);
        write = (part) => {
          controller.enqueue(part);
          isWritten = true;
        };
      },
      async pull(controller) {
        isWritten = false;
        try {
          // If a pull writes nothing, the stream never calls pull again.
          while (!isWritten) {
            const events = first ?? (await reader.next());
            first = undefined;
            for (const event of events ?? []) writer.add(event);
            if (events) continue;
            writer.finish(await stream.result);
            controller.close();
          }
        } catch (error) {
          const theirs = toAiSdkError(error, sent, signal);
          // AI SDK expects an abort to be thrown, and every other error as a part.
          if (ProviderError.is(error) && error.code === "aborted") throw theirs;
          writer.fail(theirs);
          controller.close();
        }
      },
      cancel: () => reader.leave(),
    }),
  };
}
