import type { ChatRequest, ChatResult } from "@llm-provider/core";
import type { Command, Values } from "../command.ts";
import { describeChanges } from "../describe-changes.ts";
import { describeUsage } from "../describe-usage.ts";
import type { Io } from "../io.ts";
import { openProvider, providerOptions } from "../open-provider.ts";
import { paint } from "../paint.ts";
import { readPrompt } from "../read-prompt.ts";
import { readRequest, requestOptions } from "../read-request.ts";
import { usageError } from "../usage-error.ts";

export const chat: Command = {
  summary: "Ask a model, see what it thinks, says, uses and costs",
  usage: "chat <provider>[:<model>] [prompt] [options]",
  description:
    "The answer goes to stdout as it comes, the reasoning dimmed before it on a terminal and left out of a pipe. Tokens, cost and every change that was made to the request go to stderr.\n\nWithout a prompt, stdin is read. The provider is a name that comes with the program, a path, or an installed package.",
  options: {
    ...requestOptions,
    ...providerOptions,
    compare: {
      type: "string",
      value: "a:m,b:m",
      description: "Ask several at once and show them side by side: time to the first token, speed, tokens, cost",
    },
    "no-stream": { type: "boolean", description: "Wait for the whole answer" },
    json: { type: "boolean", description: "Print the whole result as JSON" },
  },
  examples: [
    'llm-provider chat groq "Name three rivers."',
    'llm-provider chat deepseek:deepseek-v4-pro --param thinking=\'{"type":"disabled"}\' "2 + 2?"',
    'git diff | llm-provider chat mistral --system "Review this change."',
    'llm-provider chat --compare groq,deepseek,mistral --twin "Hello"',
  ],
  async run(values, positionals, io) {
    if (typeof values["compare"] === "string") {
      const { compare } = await import("../compare.ts");
      return compare(values["compare"].split(",").filter(Boolean), values, positionals, io);
    }
    const [target, ...words] = positionals;
    if (target === undefined) throw usageError('Which provider? Such as `llm-provider chat groq "Hello"`.');
    const prompt = await readPrompt(words, io);
    const { provider, model, close } = await openProvider(target, values, io);
    try {
      const request = readRequest(model, prompt, values);
      const result = await (values["no-stream"] || values["json"]
        ? provider.chat(request, { signal: io.signal })
        : show(provider.stream(request, { signal: io.signal }), io));
      if (values["json"]) io.out(`${JSON.stringify(result, null, 2)}\n`);
      else finish(result, Boolean(values["no-stream"]), values, request, io);
      return 0;
    } finally {
      await close();
    }
  },
};

async function show(
  stream: ReturnType<Awaited<ReturnType<typeof openProvider>>["provider"]["stream"]>,
  io: Io,
): Promise<ChatResult> {
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

function finish(result: ChatResult, isWhole: boolean, values: Values, request: ChatRequest, io: Io): void {
  const { dim } = paint(io);
  if (isWhole) io.out(result.text);
  if (!result.text.endsWith("\n")) io.out("\n");
  io.err(`\n${dim(describeUsage(result, request.model))}\n`);
  io.err(describeChanges(result.changes, io));
}
