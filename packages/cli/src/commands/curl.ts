import type { Prepared } from "@llm-provider/core";
import { curlLine } from "@llm-provider/core/internal";
import { createCommand, toJson } from "@llm-provider/testing/command";
import type { Command } from "commander";
import { type CliIo, providerArgument } from "../cli-io.ts";
import { addProviderOptions, openProvider, type ProviderChoice } from "../open-provider.ts";
import { addRequestOptions, readPrompt, readRequest, type RequestChoice } from "../read-request.ts";

interface Options extends ProviderChoice, RequestChoice {
  readonly stream?: boolean;
  readonly postman?: boolean;
  readonly json?: boolean;
}

const help = {
  description:
    "Sends nothing and does not read the key: the line names its environment variable. Every change to the request is a comment above the line, with its source.",
  examples: [
    'llm-provider curl groq "Hello" -p logit_bias=\'{"1":2}\'',
    'llm-provider curl mistral "Hello" --stream | sh',
    'llm-provider curl deepseek "Hello" --postman > deepseek.json',
  ],
};

export function curl(io: CliIo, summary: string): Command {
  const command = createCommand("curl", { summary, ...help }, io)
    .usage("<provider>[:<model>] [prompt] [options]")
    .argument("<provider>", providerArgument(io))
    .argument("[prompt...]");
  return addProviderOptions(addRequestOptions(command))
    .option("--stream", "The request of a stream")
    .option("--postman", "Print a Postman collection instead")
    .option("--json", "Print the request as JSON: url, headers, body, changes")
    .action(async (target: string, words: string[], options: Options) => {
      const { provider, definition, model, close } = await openProvider(target, options, io);
      await close();
      const prompt = words.length === 0 && !io.hasInput ? "Hello" : await readPrompt(words, io);
      const request = readRequest(model, prompt, options);
      const prepared = provider.prepare(options.stream ? { ...request, stream: true } : request);
      if (options.json) io.out(`${toJson(prepared)}\n`);
      else if (options.postman) io.out(`${toJson(postman(prepared, definition.name))}\n`);
      else io.out(curlLine(prepared));
    });
}

function postman({ url, headers, body, changes }: Prepared, name: string): object {
  const { protocol, host, pathname } = new URL(url);
  return {
    info: { name: `${name} chat`, schema: "https://schema.getpostman.com/json/collection/v2.1.0/collection.json" },
    item: [
      {
        name: String(body["model"]),
        request: {
          method: "POST",
          description: changes
            .map(({ action, parameter, reason, source }) => `${action} ${parameter}: ${reason} ${source}`)
            .join("\n"),
          header: Object.entries(headers).map(([key, value]) => ({
            key,
            value: value.replace(/\$([A-Z][A-Z0-9_]*)$/, "{{$1}}"),
          })),
          url: { raw: url, protocol: protocol.slice(0, -1), host: [host], path: pathname.split("/").filter(Boolean) },
          body: { mode: "raw", raw: JSON.stringify(body, null, 2), options: { raw: { language: "json" } } },
        },
      },
    ],
  };
}
