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
    "It refuses what the provider is known to refuse, in its words, and answers in its format. Point an app's base URL at the URL that is printed. Each request is logged in a line: method, path, status, milliseconds, and what was refused. Ctrl-C stops it.",
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
      "Let only the key in this environment variable pass (default: LLM_TWIN_KEY where it is set, else any key passes)",
      readKeyName,
    )
    .option("--strict-models", "Refuse models that the definition does not list")
    .option("--json", "Print { url, faces, models } as JSON once it listens")
    .action(async (name: string, options: Options) => {
      const { definition } = await loadProvider(name, io, io.providers, () => false);
      await serveTwin(definition, options, io);
    });
}
