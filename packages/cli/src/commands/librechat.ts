import type { Command } from "../command.ts";

export const librechat: Command = {
  summary: "Write, complete and examine LibreChat's configuration",
  usage: "librechat <command> [options]",
  options: {},
  examples: [
    "llm-provider librechat add groq --config librechat.yaml",
    "llm-provider librechat doctor librechat.yaml --env-file .env",
    "llm-provider librechat export mistral --explain",
  ],
  subcommands: {
    add: {
      summary: "Add endpoints and tools to a librechat.yaml",
      load: async () => (await import("./librechat-add.ts")).add,
    },
    doctor: {
      summary: "Find what is wrong in a librechat.yaml",
      load: async () => (await import("./librechat-doctor.ts")).doctor,
    },
    export: {
      summary: "Print the block of an endpoint or a tool",
      load: async () => (await import("./librechat-export.ts")).exportCommand,
    },
  },
};
