import { createCommand, loadProvider, readKeyName, readPort, serveTwin } from "@llm-provider/testing/command";
import type { Command } from "commander";
import { type CliIo, providerArgument } from "../cli-io.ts";

interface Options {
  readonly port?: number;
  readonly key?: string;
  readonly strictModels?: boolean;
  readonly json?: boolean;
}

const help = {
  description:
    "It refuses what the provider is known to refuse, in the provider's words, and answers in its format. Use the printed URL as an app's base URL. Each request is logged on one line: method, path, status, milliseconds, and the refusal. Ctrl-C stops it.",
  examples: [
    "llm-provider twin mistral --port 8089",
    "llm-provider twin groq --key GROQ_API_KEY",
    "llm-provider twin ./packages/acme",
  ],
};

export function twin(io: CliIo, summary: string): Command {
  return createCommand("twin", { summary, ...help }, io)
    .usage("<provider> [options]")
    .argument("<provider>", providerArgument(io))
    .option("--port <n>", "The port (default: a free one)", readPort)
    .option(
      "--key <variable>",
      "Accept only the key in this environment variable (default: LLM_TWIN_KEY if it is set, else any key)",
      readKeyName,
    )
    .option("--strict-models", "Refuse models that the definition does not list")
    .option("--json", "Print { url, faces, models } as JSON once it listens")
    .action(async (name: string, options: Options) => {
      const { definition } = await loadProvider(name, io, io.providers, () => false);
      await serveTwin(definition, options, io);
    });
}
