import { once } from "node:events";
import { type ChatRequest, type ChatResult, type ChatStream, type Provider, ProviderError } from "@llm-provider/core";
import { createCommand, paint, printError, toJson, usageError } from "@llm-provider/testing/command";
import type { Command } from "commander";
import { type CliIo, providerArgument } from "../cli-io.ts";
import { describeChanges, describeUsage } from "../describe-result.ts";
import { inspectorOptions } from "../inspect/inspector-options.ts";
import { loadPackage } from "../load-package.ts";
import { addProviderOptions, openProvider, type ProviderChoice } from "../open-provider.ts";
import { addRequestOptions, readPrompt, readRequest, type RequestChoice } from "../read-request.ts";

interface Options extends ProviderChoice, RequestChoice {
  readonly compare?: string;
  /** False with `--no-stream`. */
  readonly stream: boolean;
  readonly json?: boolean;
  readonly inspect?: boolean;
  readonly keep?: string;
}

const help = {
  description:
    "The answer goes to stdout as it arrives. On a terminal, dimmed reasoning comes first; a pipe gets the answer alone. Tokens, cost and every change that was made to the request go to stderr. Without a prompt, stdin is read.\n\n--inspect shows this one call on a page of this machine, as the gateway's inspector does: what was sent and why, and the answer as it came. The page stays until Ctrl-C.",
  examples: [
    'llm-provider chat groq "Name three rivers."',
    'llm-provider chat deepseek:deepseek-v4-pro --param thinking=\'{"type":"disabled"}\' "2 + 2?"',
    'git diff | llm-provider chat mistral --system "Review this change."',
    'llm-provider chat groq --inspect "Hello"',
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
    .option("--inspect", "Show the call on a page of this machine, until Ctrl-C")
    .option("--keep <file>", "With --inspect: append the call to a file, which `llm-provider inspect` opens")
    .action(async (target: string | undefined, words: string[], options: Options) => {
      const { inspect = false, keep } = options;
      if (inspect && options.compare !== undefined)
        throw usageError("`--inspect` shows one call: leave `--compare` out.");
      if (!inspect && keep !== undefined) throw usageError("`--keep` writes what `--inspect` records: give both.");
      if (options.compare !== undefined) {
        const { chatCompare } = await import("./chat-compare.ts");
        const all = target === undefined ? words : [target, ...words];
        return chatCompare(options.compare.split(",").filter(Boolean), options, all, io);
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
    if (options.inspect) await inspectCall(provider, request, options, io);
    else await answer(provider, request, options, io);
  } finally {
    await close();
  }
}

async function answer(provider: Provider, request: ChatRequest, options: Options, io: CliIo): Promise<void> {
  const isWhole = !options.stream || options.json === true;
  const result = isWhole
    ? await provider.chat(request, { signal: io.signal })
    : await show(provider.stream(request, { signal: io.signal }), io);
  if (options.json) return io.out(`${toJson(result)}\n`);
  if (isWhole) io.out(result.text);
  if (!result.text.endsWith("\n")) io.out("\n");
  io.err(`\n${paint(io).dim(describeUsage(result, request.model))}\n`);
  io.err(describeChanges(result.changes, io));
}

/** The same, and its page, which a call that failed needs most. */
async function inspectCall(provider: Provider, request: ChatRequest, options: Options, io: CliIo): Promise<void> {
  const { withInspector } = await loadPackage("@llm-provider/gateway", "chat --inspect");
  const onLink = (link: string): void => io.err(`inspector ${link}\n`);
  const inspected = await withInspector(provider, { ...inspectorOptions(io, options.keep), onLink });
  try {
    await answer(inspected, request, options, io).catch((error: unknown) => {
      if (!ProviderError.is(error) || io.signal.aborted) throw error;
      io.exitCode = 1;
      printError(error, io);
    });
    io.err("The page shows this call. Ctrl-C ends it.\n");
    if (!io.signal.aborted) await once(io.signal, "abort");
  } finally {
    await inspected.inspector.close();
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
