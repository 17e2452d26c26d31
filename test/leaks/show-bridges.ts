import { toAiSdk } from "../../packages/ai-sdk/src/index.ts";
import { toLangChain } from "../../packages/langchain/src/index.ts";
import type { Provider } from "@llm-provider/core";
import type { LanguageModelV4CallOptions } from "../../packages/ai-sdk/node_modules/@ai-sdk/provider/dist/index.js";

/** What AI SDK receives: stream parts with raw chunks, an answer with its metadata, and errors. */
export async function showAiSdk(providers: readonly Provider[], form: string): Promise<unknown[]> {
  const prompt = [{ role: "user", content: [{ type: "text", text: form }] }] as LanguageModelV4CallOptions["prompt"];
  const shown: unknown[] = [];
  for (const provider of providers) {
    const model = toAiSdk(provider)("acme-2");
    const note = (reason: unknown): unknown => shown.push(reason);
    await Promise.resolve(model.doGenerate({ prompt })).then(note, note);
    const opened = await Promise.resolve(model.doStream({ prompt, includeRawChunks: true })).catch(
      (reason) => void note(reason),
    );
    if (!opened) continue;
    const parts: unknown[] = [];
    for await (const part of opened.stream)
      (part.type === "error" ? shown : parts).push(part.type === "error" ? part.error : part);
    shown.push([opened.request, parts]);
  }
  return shown;
}

/** What LangChain receives: the model itself, its answers, chunks, events and errors, and the calls of a tracer. */
export async function showLangChain(providers: readonly Provider[], form: string): Promise<unknown[]> {
  const shown: unknown[] = [];
  const callbacks = [{ handleLLMError: (error: unknown) => void shown.push(error) }];
  for (const provider of providers) {
    const model = toLangChain(provider, { model: "acme-2", callbacks });
    const note = (reason: unknown): unknown => shown.push(reason);
    if (provider === providers[0]) shown.push(model, JSON.stringify(model));
    const seen: unknown[] = [model.invocationParams()];
    await model.invoke(form).then((answer) => seen.push(answer.content, answer.response_metadata), note);
    const read = async (): Promise<void> => {
      for await (const { content } of await model.stream(form)) seen.push(content);
    };
    await read().catch(note);
    await Promise.resolve(model.streamEvents(form)).then(({ content }) => seen.push(content), note);
    shown.push(seen);
  }
  return shown;
}
