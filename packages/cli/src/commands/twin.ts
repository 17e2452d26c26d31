import { createCommand, loadProvider, readPort, serveTwin, type CommandIo } from "@llm-provider/testing/command";
import type { Command } from "commander";
import { providerArgument } from "../open-provider.ts";
import { providers } from "../providers.generated.ts";

interface Options {
  readonly port?: number;
  readonly strictModels?: boolean;
  readonly json?: boolean;
}

const help = {
  description:
    "It refuses what the provider is known to refuse, in its words, and answers in its format. Point an app's base URL at the URL that is printed. Any key passes, unless the variable LLM_TWIN_KEY names the only one that may. Each request is logged in a line; Ctrl-C stops it.",
  examples: ["llm-provider twin mistral --port 8089", "llm-provider twin ./packages/acme"],
};

export function twin(io: CommandIo, summary: string): Command {
  return createCommand("twin", { summary, ...help }, io)
    .usage("<provider> [options]")
    .argument("<provider>", providerArgument)
    .option("--port <n>", "The port (default: a free one)", readPort)
    .option("--strict-models", "Refuse models that the definition does not list")
    .option("--json", "Print { url, models } as JSON once it listens")
    .action(async (name: string, options: Options) => {
      const { definition } = await loadProvider(name, io, providers);
      await serveTwin(definition, options, io);
    });
}
