import type { LanguageModelV4, LanguageModelV4CallOptions, LanguageModelV4StreamPart } from "@ai-sdk/provider";

/** A call with one user message. */
export function asking(text: string, more: Partial<LanguageModelV4CallOptions> = {}): LanguageModelV4CallOptions {
  return { prompt: [{ role: "user", content: [{ type: "text", text }] }], ...more };
}

/** Returns all parts of a stream, or undefined if the call fails before it begins. */
export async function readParts(
  model: LanguageModelV4,
  options: LanguageModelV4CallOptions,
): Promise<LanguageModelV4StreamPart[] | undefined> {
  const opened = await model.doStream(options).then(
    ({ stream }) => stream,
    () => undefined,
  );
  return opened && readAll(opened);
}

/** Returns all values of a stream. */
export async function readAll<Value>(stream: AsyncIterable<Value> | ReadableStream<Value>): Promise<Value[]> {
  const all: Value[] = [];
  for await (const value of stream as AsyncIterable<Value>) all.push(value);
  return all;
}
