import type { CommandTable } from "./command.ts";

/** Every command, in the order of the help. */
export const commands: CommandTable = {
  chat: {
    summary: "Ask a model, see what it thinks, says, uses and costs",
    load: async () => (await import("./commands/chat.ts")).chat,
  },
  models: {
    summary: "List models with window, price and features",
    load: async () => (await import("./commands/models.ts")).models,
  },
  curl: {
    summary: "Print the exact request as a curl line",
    load: async () => (await import("./commands/curl.ts")).curl,
  },
  explain: {
    summary: "Say what an error means and what to do",
    load: async () => (await import("./commands/explain.ts")).explain,
  },
  twin: {
    summary: "Serve a fake of a provider on loopback",
    load: async () => (await import("./commands/twin.ts")).twin,
  },
  librechat: {
    summary: "Write, complete and examine LibreChat's configuration",
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

/** Shown below the list. */
export const examples: readonly string[] = [
  'llm-provider chat groq "Name three rivers."',
  "llm-provider librechat add groq --config librechat.yaml",
  "llm-provider explain 422 --provider mistral",
];
