import type { ChatStream, ChatResult } from "@llm-provider/core";
import { createCommand, paint, toJson, usageError } from "@llm-provider/testing/command";
import type { Command } from "commander";
import { type CliIo, providerArgument } from "../cli-io.ts";
import { describeChanges, describeUsage } from "../describe-result.ts";
import { addProviderOptions, openProvider, type ProviderChoice } from "../open-provider.ts";
import { addRequestOptions, readPrompt, readRequest, type RequestChoice } from "../read-request.ts";

interface Options extends ProviderChoice, RequestChoice {
  readonly compare?: string;
  /** False with `--no-stream`. */
  readonly stream: boolean;
  readonly json?: boolean;
}

const help = {
  description:
    "The answer goes to stdout as it arrives. On a terminal, dimmed reasoning comes first; a pipe gets the answer alone. Tokens, cost and every change that was made to the request go to stderr. Without a prompt, stdin is read.",
  examples: [
    'llm-provider chat groq "Name three rivers."',
    'llm-provider chat deepseek:deepseek-v4-pro --param thinking=\'{"type":"disabled"}\' "2 + 2?"',
    'git diff | llm-provider chat mistral --system "Review this change."',
    'llm-provider chat --compare groq,deepseek,mistral --twin "Hello"',
  ],
};

export function chat(io: CliIo, summary: string): Command {
  const command = createCommand("chat", { summary, ...help }, io)
    .usage("<provider>[:<model>] [prompt] [options]")
    .argument("[provider]", providerArgument(io))
    .argument("[prompt...]");
  return addProviderOptions(addRequestOptions(command))
    .option("--compare <a:m,b:m>", "Ask several at once and show them side by side: speed, tokens, cost")
    .option("--no-stream", "Wait for the whole answer")
    .option("--json", "Print the whole result as JSON")
    .action(async (target: string | undefined, words: string[], options: Options) => {
      if (options.compare !== undefined) {
        const { compare } = await import("./compare.ts");
        const all = target === undefined ? words : [target, ...words];
        return compare(options.compare.split(",").filter(Boolean), options, all, io);
      }
      if (target === undefined) throw usageError('Which provider? Such as `llm-provider chat groq "Hello"`.');
      await ask(target, words, options, io);
    });
}

async function ask(target: string, words: readonly string[], options: Options, io: CliIo): Promise<void> {
  const prompt = await readPrompt(words, io);
  const { provider, model, close } = await openProvider(target, options, io);
  try {
    const request = readRequest(model, prompt, options);
    const isWhole = !options.stream || options.json === true;
    const result = isWhole
      ? await provider.chat(request, { signal: io.signal })
      : await show(provider.stream(request, { signal: io.signal }), io);
    if (options.json) return io.out(`${toJson(result)}\n`);
    if (isWhole) io.out(result.text);
    if (!result.text.endsWith("\n")) io.out("\n");
    io.err(`\n${paint(io).dim(describeUsage(result, request.model))}\n`);
    io.err(describeChanges(result.changes, io));
  } finally {
    await close();
  }
}

/** Prints a stream as it arrives, and gives back its result. */
async function show(stream: ChatStream, io: CliIo): Promise<ChatResult> {
  const { dim, cyan } = paint(io);
  let isReasoning = false;
  for await (const event of stream) {
    if (event.type === "reasoning" && io.isTerminal) {
      isReasoning = true;
      io.out(dim(event.text));
    }
    if (event.type === "text") {
      if (isReasoning) io.out("\n\n");
      isReasoning = false;
      io.out(event.text);
    }
    if (event.type === "tool-call") io.out(`${cyan(`${event.toolCall.name}(${event.toolCall.arguments})`)}\n`);
  }
  return stream.result;
}
