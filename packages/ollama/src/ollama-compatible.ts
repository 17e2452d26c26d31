import { chatCompletions, type Definition } from "@llm-provider/core";
import { errors } from "./errors.ts";

/** Ollama's second interface, Chat Completions at `/v1`, which LibreChat uses. Fields that are not set here come from the native definition. */
export const ollamaCompatible = {
  name: "OpenAI-compatible",
  baseURL: "http://localhost:11434/v1",
  dialect: chatCompletions({ reasoning: "reasoning", history: "optional", usage: "asked" }),
  streaming: { toolCalls: "whole", usage: "own-chunk", source: "compatibility" },
  // The same messages, in an object instead of a string.
  errors: errors.map((rule) => {
    const { body, example } = rule as { body?: { error: RegExp }; example?: { error: string } | string };
    return {
      ...rule,
      ...(body && { body: { "error.message": body.error } }),
      ...(typeof example === "object" && { example: writeError(example.error, rule.status) }),
    };
  }),
  // This interface does not send the native one's times.
  metadata: [],
} as const satisfies Partial<Definition>;

function writeError(message: string, status: number): { readonly error: { readonly [field: string]: string | null } } {
  const type = status === 404 ? "not_found_error" : status >= 500 ? "api_error" : "invalid_request_error";
  return { error: { message, type, param: null, code: null } };
}
