import type { ChatRequest, Message } from "@llm-provider/core";
import type { Option, Values } from "./command.ts";
import { usageError } from "./usage-error.ts";

/** The options that make a request. */
export const requestOptions: Readonly<Record<string, Option>> = {
  system: { type: "string", short: "s", value: "TEXT", description: "A system message" },
  temperature: { type: "string", short: "t", value: "N", description: "Temperature" },
  "max-tokens": { type: "string", value: "N", description: "Tokens of the answer at most" },
  param: {
    type: "string",
    short: "p",
    multiple: true,
    value: "NAME=JSON",
    description: "Any other parameter by its wire name, e.g. -p top_p=0.9; text that is no JSON is taken as text",
  },
};

/** The request that the options describe. */
export function readRequest(model: string, prompt: string, values: Values): ChatRequest {
  const system: Message[] = typeof values["system"] === "string" ? [{ role: "system", content: values["system"] }] : [];
  const request: ChatRequest = { model, messages: [...system, { role: "user", content: prompt }] };
  if (values["temperature"] !== undefined) request.temperature = number("temperature", values["temperature"]);
  if (values["max-tokens"] !== undefined) request.max_tokens = number("max-tokens", values["max-tokens"]);
  for (const parameter of (values["param"] ?? []) as readonly string[]) {
    const at = parameter.indexOf("=");
    if (at < 1) throw usageError(`\`--param ${parameter}\` has no value. Write it as NAME=JSON, such as top_p=0.9.`);
    Object.defineProperty(request, parameter.slice(0, at), {
      value: json(parameter.slice(at + 1)),
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  return request;
}

function number(option: string, text: unknown): number {
  const value = Number(text);
  if (text === "" || !Number.isFinite(value))
    throw usageError(`\`--${option}\` takes a number, not ${JSON.stringify(text)}.`);
  return value;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
