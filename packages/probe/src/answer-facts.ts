import type { Json, JsonObject } from "@llm-provider/core";
import { readPath } from "@llm-provider/core/internal";
import type { Answer } from "./answer.ts";

/** The facts of an accepted answer, whole or streamed. */
export interface AnswerFacts {
  /** The number of choices. */
  readonly choices: number;
  /** The visible text of the first choice. */
  readonly text: string;
  readonly hasLogprobs: boolean;
  readonly finishReason: string | undefined;
  /** Names of the tools that the first choice calls. */
  readonly toolCalls: readonly string[];
  readonly tokens: { readonly input: number; readonly output: number };
  readonly reasoning: ReasoningField;
  readonly reasoningText: string;
  readonly model: string | undefined;
}

/** The field in which an endpoint puts the reasoning of a model. */
export type ReasoningField = "reasoning_content" | "reasoning" | "details" | "parts" | "tags" | "none";

export function answerFacts({ payloads = [] }: Answer): AnswerFacts {
  const choices = payloads.flatMap((payload) => list(payload["choices"]));
  const first = choices.filter((choice) => (choice["index"] ?? 0) === 0);
  const parts = first.flatMap((choice) => [choice["delta"], choice["message"]].filter(isObject));
  const text = parts.map((part) => visible(part["content"])).join("");
  const usage = payloads.map((payload) => payload["usage"]).findLast(isObject);
  const count = (path: string): number => Number(readPath(usage, path)) || 0;
  const model = payloads.map((payload) => payload["model"]).find((name) => typeof name === "string" && name !== "");
  return {
    choices: new Set(choices.map((choice, at) => choice["index"] ?? at)).size,
    text,
    hasLogprobs: choices.some((choice) => choice["logprobs"] !== undefined && choice["logprobs"] !== null),
    finishReason: first.map((choice) => choice["finish_reason"]).findLast((word) => typeof word === "string") as
      | string
      | undefined,
    toolCalls: parts
      .flatMap((part) => list(part["tool_calls"]))
      .flatMap((call) => {
        const name = readPath(call, "function.name");
        return typeof name === "string" && name !== "" ? [name] : [];
      }),
    tokens: { input: count("prompt_tokens"), output: count("completion_tokens") },
    ...reasoningOf(parts, text),
    model: model as string | undefined,
  };
}

function reasoningOf(parts: readonly JsonObject[], text: string): { reasoning: ReasoningField; reasoningText: string } {
  const join = (name: string): string =>
    parts.map((part) => (typeof part[name] === "string" ? part[name] : "")).join("");
  if (parts.some((part) => list(part["reasoning_details"]).length > 0))
    return { reasoning: "details", reasoningText: join("reasoning") };
  for (const field of ["reasoning_content", "reasoning"] as const) {
    const found = join(field);
    if (found !== "") return { reasoning: field, reasoningText: found };
  }
  const thinking = parts.flatMap((part) => list(part["content"])).filter((part) => part["type"] === "thinking");
  if (thinking.length > 0)
    return {
      reasoning: "parts",
      reasoningText: thinking
        .map((part) => (typeof part["thinking"] === "string" ? part["thinking"] : visible(part["thinking"])))
        .join(""),
    };
  const tag = /^\s*<(think|thinking|thought|reasoning)>([^]*?)(?:<\/\1>|$)/.exec(text);
  return tag ? { reasoning: "tags", reasoningText: tag[2]! } : { reasoning: "none", reasoningText: "" };
}

function visible(content: Json | undefined): string {
  if (typeof content === "string") return content;
  return list(content)
    .map((part) => (part["type"] === "text" && typeof part["text"] === "string" ? part["text"] : ""))
    .join("");
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function list(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? (value as readonly Json[]).filter(isObject) : [];
}
