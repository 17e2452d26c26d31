import { createHash } from "node:crypto";
import { type ChatRequest, type Definition, type Json, type ToolCall } from "@llm-provider/core";
import { mapToolCallId, readPath } from "@llm-provider/core/internal";
import type { Prompt } from "./read-prompt.ts";
import { sampleValue } from "./sample-value.ts";

type ToolSpec = { readonly name: string; readonly parameters: Json | undefined };

/**
 * The calls that a request asks for: by `tool_choice`, or by a prompt that speaks of a tool. A prompt that names several
 * things gets a call for each. None after the results of a call: then the answer is due.
 */
export function composeToolCalls(
  definition: Definition,
  request: ChatRequest,
  prompt: Prompt,
  seed: string,
): ToolCall[] {
  const tools = readTools(request);
  const choice: unknown = request["tool_choice"] ?? "auto";
  if (tools.length === 0 || choice === "none" || prompt.toolResults.length > 0) return [];
  const named = readPath(choice, "function.name");
  const tool =
    typeof named === "string"
      ? tools.find(({ name }) => name === named)
      : (tools.find(({ name }) => isMeant(prompt.text, name)) ?? tools[0]);
  const isForced = typeof named === "string" || choice === "required" || choice === "any";
  if (!tool || (!isForced && !isMeant(prompt.text, tool.name))) return [];
  const calls = request["parallel_tool_calls"] === false ? 1 : Math.max(1, prompt.words.length);
  return Array.from({ length: calls }, (_, index) => {
    const input = sampleValue(tool.parameters ?? { type: "object" }, prompt.words.slice(index));
    return { id: makeId(definition, `${seed} ${index}`), name: tool.name, arguments: JSON.stringify(input) };
  });
}

function readTools(request: ChatRequest): ToolSpec[] {
  const tools: unknown = request["tools"];
  if (!Array.isArray(tools)) return [];
  return tools.flatMap((tool: unknown) => {
    const name = readPath(tool, "function.name");
    return typeof name === "string"
      ? [{ name, parameters: readPath(tool, "function.parameters") as Json | undefined }]
      : [];
  });
}

/** "Use a tool", the tool's name, or the words that its name is made of. */
function isMeant(text: string, name: string): boolean {
  const words = [name, ...name.split(/[_-]|(?<=[a-z])(?=[A-Z])/).filter((word) => word.length > 3)];
  return words.concat("tool").some((word) => text.toLowerCase().includes(word.toLowerCase()));
}

function makeId({ messages }: Definition, seed: string): string {
  const id = `call_${createHash("sha256").update(seed).digest("hex").slice(0, 24)}`;
  return messages?.toolCallId ? mapToolCallId(id, messages.toolCallId) : id;
}
