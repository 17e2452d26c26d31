import { createCommand, runProgram, type Io, type KnownProviders } from "@llm-provider/testing/command";
import type { Command } from "commander";
import type { CliIo } from "./cli-io.ts";
import { programVersion } from "./program-version.ts";
import { providers as ours } from "./providers.generated.ts";

interface CommandEntry {
  /** One line for the list. */
  readonly summary: string;
  readonly load: () => Promise<(io: CliIo, summary: string) => Command>;
}

/** Every command, in the order of the help. The module of a command is loaded only when it is needed. */
export const commands: Readonly<Record<string, CommandEntry>> = {
  chat: {
    summary: "Ask a model; see its answer, tokens, cost and changes",
    load: async () => (await import("./commands/chat.ts")).chat,
  },
  models: {
    summary: "List models with context window, price and features",
    load: async () => (await import("./commands/models.ts")).models,
  },
  curl: {
    summary: "Print the exact request as a curl line",
    load: async () => (await import("./commands/curl.ts")).curl,
  },
  explain: {
    summary: "Explain an error and how to fix it",
    load: async () => (await import("./commands/explain.ts")).explain,
  },
  twin: {
    summary: "Serve a strict fake of a provider on loopback",
    load: async () => (await import("./commands/twin.ts")).twin,
  },
  probe: {
    summary: "Find out what an endpoint takes, ignores and refuses",
    load: async () => (await import("./commands/probe.ts")).probe,
  },
  compare: {
    summary: "Find out which model is worth its price, on your tasks",
    load: async () => (await import("./commands/compare.ts")).compare,
  },
  gateway: {
    summary: "Serve one endpoint over many providers, with fallback",
    load: async () => (await import("./commands/gateway.ts")).gateway,
  },
  log: {
    summary: "Show the last requests of a running gateway, or one whole",
    load: async () => (await import("./commands/log.ts")).log,
  },
  inspect: {
    summary: "Open a file of requests that a gateway kept, on a page",
    load: async () => (await import("./commands/inspect.ts")).inspect,
  },
  rag: {
    summary: "Serve LibreChat's file search over an embedding model",
    load: async () => (await import("./commands/rag.ts")).rag,
  },
  librechat: {
    summary: "Write, complete and check LibreChat's configuration",
    load: async () => (await import("./commands/librechat.ts")).librechat,
  },
  contribute: {
    summary: "Write a provider's page for LibreChat's documentation",
    load: async () => (await import("./commands/contribute.ts")).contribute,
  },
  completion: {
    summary: "Print a script for tab completion",
    load: async () => (await import("./commands/completion.ts")).completion,
  },
};

/**
 * Runs one command line and returns the exit code: 0 done, 1 failed, 2 wrong use, 130 interrupted. Never shows a stack.
 * `providers` are the ones that a command line may name by id.
 */
export function main(argv: readonly string[], io: Io, providers: KnownProviders = ours): Promise<number> {
  const asked = argv[0] === "help" ? argv[1] : argv[0];
  return runProgram((commandIo) => createProgram(asked, Object.assign(commandIo, { providers })), argv, io);
}

/** The program with the requested command loaded; the others have only their summary. Completion needs them all. */
async function createProgram(asked: string | undefined, io: CliIo): Promise<Command> {
  const program = createCommand(
    "llm-provider",
    {
      summary: "LLM providers at the command line: see requests, understand errors, configure LibreChat",
      examples: [
        'llm-provider chat groq "Name three rivers."',
        "llm-provider librechat add groq --config librechat.yaml",
        "llm-provider explain 422 --provider mistral",
      ],
    },
    io,
  )
    .usage("<command> [options]")
    .version(programVersion(), "-v, --version", "Print the version")
    .helpCommand("help [command]", "Show the help of a command");
  for (const [name, { summary, load }] of Object.entries(commands)) {
    const isNeeded = asked === name || asked === "completion";
    program.addCommand(isNeeded ? (await load())(io, summary) : createCommand(name, { summary, examples: [] }, io));
  }
  return program;
}
