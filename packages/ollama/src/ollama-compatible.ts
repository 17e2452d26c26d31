import { chatCompletions, type Definition } from "@llm-provider/core";
import { errors } from "./errors.ts";

/** Ollama's second face, `/v1`: Chat Completions, which LibreChat speaks. What is not here is as in the native definition. */
export const ollamaCompatible = {
  name: "OpenAI-compatible",
  baseURL: "http://localhost:11434/v1",
  dialect: chatCompletions({ reasoning: "reasoning", history: "optional", usage: "asked" }),
  streaming: { toolCalls: "whole", usage: "own-chunk", source: "compatibility" },
  // The same words, in an object instead of a text.
  errors: errors.map((rule) => {
    const { body, example } = rule as { body?: { error: RegExp }; example?: { error: string } | string };
    return {
      ...rule,
      ...(body && { body: { "error.message": body.error } }),
      ...(typeof example === "object" && { example: writeError(example.error, rule.status) }),
    };
  }),
  // The times of the native face are not sent here.
  metadata: [],
} as const satisfies Partial<Definition>;

function writeError(message: string, status: number): { readonly error: { readonly [field: string]: string | null } } {
  const type = status === 404 ? "not_found_error" : status >= 500 ? "api_error" : "invalid_request_error";
  return { error: { message, type, param: null, code: null } };
}
