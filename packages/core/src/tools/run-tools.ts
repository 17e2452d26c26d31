import type { ToolCall } from "../chat/chat-event.ts";
import type { ChatRequest, Message } from "../chat/chat-request.ts";
import type { ChatResult } from "../chat/chat-result.ts";
import type { Provider } from "../provider/provider.ts";
import { errorSentence } from "../errors/error-sentence.ts";
import { readPath } from "../read-path.ts";
import type { Tool } from "./tool.ts";

/** One round of the conversation. */
export interface ToolStep {
  /** What the model answered. */
  result: ChatResult;
  /** The results of its calls, in order. `text` is what the model reads next; `isError` if a call failed. */
  outputs: { toolCall: ToolCall; text: string; isError: boolean }[];
}

export interface RunToolsOptions {
  /** The most rounds; the last one's calls are left open. @default 8 */
  maxSteps?: number;
  /** Runs the calls of one round at the same time instead of one after the other. @default false */
  parallel?: boolean;
  /** Ends the conversation: requests and tools. */
  signal?: AbortSignal;
  /** Called after each round. */
  onStep?: (step: ToolStep) => void;
}

/** The last answer, every step, and the whole conversation. `stopped` if the limit ended it and calls were left open. */
export type RunToolsResult = ChatResult & { steps: ToolStep[]; messages: Message[]; stopped: boolean };

/**
 * Asks the provider, runs the tools that the model calls, and sends back their results until it calls none. A failing tool, an
 * unknown tool name and arguments that are not JSON each become a message that the model can read.
 * @throws ProviderError any error of the provider, and `aborted`.
 */
export async function runTools(
  provider: Provider,
  request: ChatRequest,
  tools: readonly Tool<never, unknown>[],
  { maxSteps = 8, parallel = false, signal, onStep }: RunToolsOptions = {},
): Promise<RunToolsResult> {
  const byName = new Map(tools.map((tool) => [tool.spec.function.name, tool]));
  // The caller's other tools stay; some endpoints refuse an empty list.
  const others = Array.isArray(request["tools"]) ? request["tools"].filter((spec) => !byName.has(nameOf(spec))) : [];
  const specs = [...others, ...tools.map((tool) => tool.spec)];
  const messages: Message[] = [...request.messages];
  const steps: ToolStep[] = [];
  const options = signal && { signal };
  for (;;) {
    const asked = { ...request, tools: specs.length > 0 ? specs : undefined, messages };
    const result = await provider.chat(asked, options);
    const isLast = result.toolCalls.length === 0;
    const isStopped = !isLast && steps.length + 1 >= maxSteps;
    const outputs = isLast || isStopped ? [] : await runAll(result.toolCalls);
    const step = { result, outputs };
    steps.push(step);
    messages.push(
      result.message,
      ...outputs.map(({ toolCall, text }) => ({ role: "tool" as const, tool_call_id: toolCall.id, content: text })),
    );
    onStep?.(step);
    if (isLast || isStopped) return { ...result, steps, messages, stopped: isStopped };
  }

  async function runAll(calls: readonly ToolCall[]): Promise<ToolStep["outputs"]> {
    if (parallel) return Promise.all(calls.map(runOne));
    const outputs: ToolStep["outputs"] = [];
    for (const call of calls) outputs.push(await runOne(call));
    return outputs;
  }

  async function runOne(toolCall: ToolCall): Promise<ToolStep["outputs"][number]> {
    const tool = byName.get(toolCall.name);
    if (!tool)
      return {
        toolCall,
        text: `There is no tool named ${toolCall.name}. Choose one of: ${[...byName.keys()].join(", ")}.`,
        isError: true,
      };
    try {
      return { toolCall, text: await tool.call(toolCall.arguments, options), isError: false };
    } catch (error) {
      if (signal?.aborted) throw error;
      return { toolCall, text: errorSentence(error), isError: true };
    }
  }
}

function nameOf(spec: unknown): string {
  return String(readPath(spec, "function.name"));
}
