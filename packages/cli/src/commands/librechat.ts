import { createCommand, type CommandIo } from "@llm-provider/testing/command";
import type { Command } from "commander";
import { add } from "./librechat-add.ts";
import { doctor } from "./librechat-doctor.ts";
import { exportCommand } from "./librechat-export.ts";
import { schema } from "./librechat-schema.ts";

const help = {
  examples: [
    "llm-provider librechat add groq --config librechat.yaml",
    "llm-provider librechat doctor librechat.yaml --env-file .env",
    "llm-provider librechat export mistral --explain",
  ],
};

export function librechat(io: CommandIo, summary: string): Command {
  return createCommand("librechat", { summary, ...help }, io)
    .usage("<command> [options]")
    .helpCommand("help [command]", "Show the help of a command")
    .addCommand(add(io))
    .addCommand(doctor(io))
    .addCommand(exportCommand(io))
    .addCommand(schema(io));
}
