import { createCommand, toJson } from "@llm-provider/testing/command";
import type { Command } from "commander";
import { configSchema } from "@llm-provider/librechat";
import type { CliIo } from "../cli-io.ts";
import { add } from "./librechat-add.ts";
import { doctor } from "./librechat-doctor.ts";
import { exportCommand } from "./librechat-export.ts";

const help = {
  examples: [
    "llm-provider librechat add groq --config librechat.yaml",
    "llm-provider librechat doctor librechat.yaml --env-file .env",
    "llm-provider librechat export mistral --explain",
  ],
};

export function librechat(io: CliIo, summary: string): Command {
  return createCommand("librechat", { summary, ...help }, io)
    .usage("<command> [options]")
    .helpCommand("help [command]", "Show the help of a command")
    .addCommand(add(io))
    .addCommand(doctor(io))
    .addCommand(exportCommand(io))
    .addCommand(schema(io));
}

const schemaHelp = {
  summary: "Print the JSON Schema of a librechat.yaml",
  description:
    "Prints LibreChat's configuration as JSON Schema, so that an editor completes keys and underlines mistakes. Save it beside your librechat.yaml, and make this the first line of that file:\n\n# yaml-language-server: $schema=librechat.schema.json\n\nVS Code needs its YAML extension (redhat.vscode-yaml); other editors need yaml-language-server.",
  examples: ["llm-provider librechat schema > librechat.schema.json"],
};

function schema(io: CliIo): Command {
  return createCommand("schema", schemaHelp, io).action(() => io.out(`${toJson(configSchema())}\n`));
}
