import type { LanguageModelV4CallOptions, SharedV4Warning } from "@ai-sdk/provider";
import type { Attempt, CallOptions, Change, ChatRequest, Provider } from "@llm-provider/core";
import { fitFormat, modelInfo } from "@llm-provider/core/internal";
import { decide } from "@llm-provider/core/rules";
import { toRequest } from "./to-request.ts";

export interface Call {
  readonly request: ChatRequest;
  readonly warnings: SharedV4Warning[];
  readonly options: CallOptions;
  /** The last HTTP request of this call. */
  readonly sent: Partial<Attempt>;
}

/** Adapts the request to its endpoint and collects the warnings. Core does not retry, because AI SDK does. */
export function openCall(provider: Provider, modelId: string, options: LanguageModelV4CallOptions): Call {
  const warnings: SharedV4Warning[] = [];
  const asked = toRequest({ provider: provider.id, modelId }, options, warnings);
  const { definition } = provider;
  // AI SDK offers topK for every provider, but many endpoints refuse it.
  const decided = definition && asked["top_k"] === options.topK ? decide(definition, asked) : [];
  const topK = decided.find(({ parameter }) => parameter === "top_k");
  if (topK?.does === "pass" && typeof topK.endpoint === "object") {
    delete asked["top_k"];
    warnings.push({ type: "unsupported", feature: "top_k", details: `${definition?.name} does not accept it.` });
  }
  const { request, changes, isJsonMode } = fitFormat(provider, asked);
  const { retired } = (definition && modelInfo(definition, modelId)) ?? {};
  const message = retired && `It was retired on ${retired.on}. Use ${retired.use}.`;
  if (message) warnings.push({ type: "deprecated", setting: `model ${modelId}`, message });
  const details = "The endpoint supports only JSON mode: the schema is in the prompt, and AI SDK checks the answer.";
  if (isJsonMode) warnings.push({ type: "compatibility", feature: "responseFormat", details });
  warnings.push(...toWarnings(changes));
  const sent: Partial<Attempt> = {};
  const { abortSignal: signal, headers } = options;
  const onAttempt = (attempt: Attempt): unknown => Object.assign(sent, attempt);
  return {
    request,
    warnings,
    sent,
    options: { signal, headers: headers as CallOptions["headers"], maxRetries: 0, onAttempt },
  };
}

/** Leaves out changes of messages: every call has them, and AI SDK prints each warning. */
export function toWarnings(changes: readonly Change[]): SharedV4Warning[] {
  const told = changes.filter(({ parameter }) => !/^messages(?:\[|$)/.test(parameter));
  return told.map(({ parameter: feature, action, reason: details }) => {
    const isLost = action === "dropped" || action === "ignored";
    return { type: isLost ? "unsupported" : "compatibility", feature, details };
  });
}
