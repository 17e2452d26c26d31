import {
  type ChatEvent,
  collectToolCalls,
  type Decoder,
  type FinishReason,
  type JsonObject,
  type Usage,
} from "@llm-provider/core";

const finishReasons: { readonly [raw: string]: FinishReason } = { stop: "stop", length: "length" };

/** Reads the lines of `/api/chat`. A whole answer is one line. Only `done: true` ends an answer. */
export function decodeOllama(): Decoder {
  const toolCalls = collectToolCalls();
  let model: string | undefined;
  let isStarted = false;
  let isDone = false;
  let rawFinishReason: string | undefined;
  let usage: Usage | undefined;

  return {
    push(chunk, out) {
      if (!isStarted) {
        isStarted = true;
        if (typeof chunk["model"] === "string" && chunk["model"] !== "") model = chunk["model"];
        out.push({ type: "start", ...(model !== undefined && { model }) });
      }
      const message = chunk["message"];
      if (typeof message === "object" && message !== null) read(message as JsonObject, out);
      if (chunk["done"] !== true) return;
      isDone = true;
      if (typeof chunk["done_reason"] === "string" && chunk["done_reason"] !== "")
        rawFinishReason = chunk["done_reason"];
      usage = usageOf(chunk) ?? usage;
    },
    end(_, out) {
      if (!isDone) throw new Error("The answer broke off: it ended without `done: true`.");
      toolCalls.end(out);
      const mapped = rawFinishReason === undefined ? "other" : (finishReasons[rawFinishReason] ?? "other");
      const isCall = toolCalls.count > 0 && mapped !== "length";
      out.push({
        type: "finish",
        finishReason: isCall ? "tool-calls" : mapped,
        ...(rawFinishReason !== undefined && { rawFinishReason }),
        ...(usage && { usage }),
      });
    },
    summary: () => ({ ...(model !== undefined && { model }) }),
  };

  function read({ thinking, content, tool_calls: calls }: JsonObject, out: ChatEvent[]): void {
    if (typeof thinking === "string" && thinking !== "") out.push({ type: "reasoning", text: thinking });
    if (typeof content === "string" && content !== "") out.push({ type: "text", text: content });
    if (!Array.isArray(calls)) return;
    for (const call of calls as JsonObject[]) {
      const called = (call?.["function"] ?? {}) as JsonObject;
      // Each call arrives whole. The index on the wire may repeat, so it is not used.
      const fragment = {
        index: toolCalls.count,
        id: call?.["id"],
        name: called["name"],
        arguments: called["arguments"],
      };
      toolCalls.add(fragment, out);
    }
  }
}

/** The server does not count a cached prompt again, and then leaves out `prompt_eval_count`. */
function usageOf({ prompt_eval_count: input, eval_count: output }: JsonObject): Usage | undefined {
  if (typeof input !== "number" && typeof output !== "number") return undefined;
  const inputTokens = typeof input === "number" ? input : 0;
  const outputTokens = typeof output === "number" ? output : 0;
  return { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens };
}
