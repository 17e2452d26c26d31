import { createHash } from "node:crypto";
import type { ChatRequest, Definition, Json, JsonObject, Message, ToolCall } from "@llm-provider/core";
import { mapToolCallId, readPath } from "@llm-provider/core/internal";

type ToolSpec = { readonly name: string; readonly parameters: Json | undefined };

/**
 * The calls that a request asks for: by `tool_choice`, or by a prompt that mentions a tool. A prompt that names several
 * things gets a call for each. After the results of a call comes the answer, unless `tool_choice` forces another call.
 */
export function composeToolCalls(
  definition: Definition,
  request: ChatRequest,
  prompt: Prompt,
  seed: string,
): ToolCall[] {
  const tools = readTools(request);
  const choice: unknown = request["tool_choice"] ?? "auto";
  if (tools.length === 0 || choice === "none") return [];
  const named = readPath(choice, "function.name");
  const tool =
    typeof named === "string"
      ? tools.find(({ name }) => name === named)
      : (tools.find(({ name }) => isMeant(prompt.text, name) || prompt.instructions.includes(name)) ?? tools[0]);
  const isForced = typeof named === "string" || choice === "required" || choice === "any";
  const isMeantNow =
    tool !== undefined && (isMeant(prompt.text, tool.name) || isCommanded(prompt.instructions, tool.name));
  const isAsked = prompt.toolResults.length === 0 && isMeantNow;
  if (!tool || !(isForced || isAsked)) return [];
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

/** "Use a tool", the tool's name, or the words of its name. */
function isMeant(text: string, name: string): boolean {
  const words = [name, ...name.split(/[_-]|(?<=[a-z])(?=[A-Z])/).filter((word) => word.length > 3)];
  return words.concat("tool").some((word) => text.toLowerCase().includes(word.toLowerCase()));
}

/** A system message that names the tool, or orders to call one whenever possible. */
function isCommanded(instructions: string, name: string): boolean {
  return (
    instructions.includes(name) || /\b(?:always|must)\b.*\b(?:call|use)\b.*\b(?:tool|function)\b/i.test(instructions)
  );
}

function makeId({ messages }: Definition, seed: string): string {
  const id = `call_${createHash("sha256").update(seed).digest("hex").slice(0, 24)}`;
  return messages?.toolCallId ? mapToolCallId(id, messages.toolCallId) : id;
}

/** The parts of a conversation that a twin reads. */
export interface Prompt {
  /** The last message of the user. */
  readonly text: string;
  /** All system messages. */
  readonly instructions: string;
  /** Texts of the tool messages at the end, if there are any. */
  readonly toolResults: readonly string[];
  /** The quoted words, else the names in the text: Paris, Rome. */
  readonly words: readonly string[];
}

export function readPrompt(request: ChatRequest): Prompt {
  const text = textOf(request.messages.findLast((message) => message.role === "user"));
  const tail = request.messages.slice(request.messages.findLastIndex((message) => message.role !== "tool") + 1);
  const quoted = [...text.matchAll(/["“]([^"”]+)["”]/g)].map((match) => match[1]!);
  // A capitalized word inside a sentence is a name.
  const names = [...text.matchAll(/(?<![.?!:]\s|^)\b\p{Lu}\p{Ll}+(?:\s\p{Lu}\p{Ll}+)*/gu)].map((match) => match[0]);
  const systems = request.messages.filter(({ role }) => role === "system" || role === "developer");
  const instructions = systems.map(textOf).join("\n");
  return { text, instructions, toolResults: tail.map(textOf), words: [...new Set(quoted.length > 0 ? quoted : names)] };
}

function textOf(message: Message | undefined): string {
  const content = message?.content;
  if (typeof content === "string") return content;
  return (content ?? []).map((part) => (typeof part["text"] === "string" ? part["text"] : "")).join("");
}

/** A value that a JSON Schema admits. Texts are taken from `words`, one after the other, while there are any. */
export function sampleValue(schema: Json | undefined, words: string[], name = "text"): Json {
  if (typeof schema !== "object" || schema === null || Array.isArray(schema)) return words.shift() ?? name;
  const {
    const: fixed,
    enum: choices,
    default: standard,
    anyOf,
    oneOf,
    type,
    properties,
    items,
    required,
    minimum,
  } = schema as JsonObject;
  if (fixed !== undefined) return fixed;
  if (Array.isArray(choices) && choices.length > 0) return choices[0] as Json;
  if (standard !== undefined) return standard;
  for (const alternatives of [anyOf, oneOf]) {
    if (Array.isArray(alternatives) && alternatives.length > 0)
      return sampleValue(alternatives[0] as Json, words, name);
  }
  switch (Array.isArray(type) ? type[0] : type) {
    case "object": {
      const wanted = Array.isArray(required) ? (required as string[]) : undefined;
      const entries = Object.entries((properties ?? {}) as JsonObject).filter(
        ([key]) => wanted === undefined || wanted.length === 0 || wanted.includes(key),
      );
      return Object.fromEntries(entries.map(([key, value]) => [key, sampleValue(value, words, key)]));
    }
    case "array":
      return [sampleValue(items, words, name)];
    case "integer":
    case "number":
      return typeof minimum === "number" ? minimum : 2;
    case "boolean":
      return true;
    case "null":
      return null;
    default:
      return properties === undefined
        ? (words.shift() ?? name)
        : sampleValue({ ...(schema as JsonObject), type: "object" }, words, name);
  }
}
