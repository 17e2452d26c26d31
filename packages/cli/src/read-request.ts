import type { ChatRequest, Message } from "@llm-provider/core";
import { usageError, type CommandIo } from "@llm-provider/testing/command";
import type { Command } from "commander";

/** Values of the options that `addRequestOptions` adds. */
export interface RequestChoice {
  readonly system?: string;
  readonly temperature?: number;
  readonly maxTokens?: number;
  readonly param?: readonly string[];
}

/** The options that describe a request. */
export function addRequestOptions(command: Command): Command {
  return command
    .option("-s, --system <text>", "A system message")
    .option("-t, --temperature <n>", "Sampling temperature", (text) => number("--temperature", text))
    .option("--max-tokens <n>", "Longest answer, in tokens", (text) => number("--max-tokens", text))
    .option(
      "-p, --param <name=json>",
      "Any other parameter by its wire name, such as top_p=0.9; a value that is not valid JSON is sent as a string. Repeatable",
      (text: string, before: readonly string[] | undefined) => [...(before ?? []), text],
    );
}

/** The request that the options describe. */
export function readRequest(model: string, prompt: string, options: RequestChoice): ChatRequest {
  const { system, temperature, maxTokens, param = [] } = options;
  const messages: Message[] = system === undefined ? [] : [{ role: "system", content: system }];
  const request: ChatRequest = { model, messages: [...messages, { role: "user", content: prompt }] };
  if (temperature !== undefined) request.temperature = temperature;
  if (maxTokens !== undefined) request.max_tokens = maxTokens;
  for (const parameter of param) {
    const at = parameter.indexOf("=");
    if (at < 1) throw usageError(`\`--param ${parameter}\` has no value. Write it as NAME=JSON, such as top_p=0.9.`);
    Object.defineProperty(request, parameter.slice(0, at), {
      value: jsonOrText(parameter.slice(at + 1)),
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  return request;
}

/** The prompt from the command line, else from stdin. */
export async function readPrompt(words: readonly string[], io: CommandIo): Promise<string> {
  const prompt = words.length > 0 ? words.join(" ") : io.hasInput ? await io.stdin() : "";
  if (prompt.trim() === "") throw usageError("There is no prompt. Write it after the provider, or pipe it in.");
  return prompt;
}

function number(option: string, text: string): number {
  const value = Number(text);
  if (text === "" || !Number.isFinite(value))
    throw usageError(`\`${option}\` takes a number, not ${JSON.stringify(text)}.`);
  return value;
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
