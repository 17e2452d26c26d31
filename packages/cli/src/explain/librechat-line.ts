import type { ErrorCode } from "@llm-provider/core";

/** The line of an endpoint in librechat.yaml that mends this error, where there is one. */
export function librechatLine(code: ErrorCode, text: string): string | undefined {
  if (/reasoning_content/.test(text) && /passed back|must be/.test(text))
    return "customParams: { includeReasoningContent: true, includeReasoningHistory: true }";
  if (code === "model-retired" || code === "not-found")
    return 'models: { default: ["<a model that is listed>"] }   # and titleModel';
  if (code === "context-overflow")
    return 'tokenConfig: { "<model>": { prompt: …, completion: …, context: … } }   # written by `llm-provider librechat add`';
  return undefined;
}
