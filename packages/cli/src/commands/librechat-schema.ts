import { configSchema } from "@llm-provider/librechat";
import { createCommand, toJson, type CommandIo } from "@llm-provider/testing/command";
import type { Command } from "commander";

const help = {
  summary: "Print the JSON Schema of a librechat.yaml",
  description:
    "Prints LibreChat's configuration as JSON Schema, so that an editor completes keys and underlines mistakes. Save it beside your librechat.yaml, and make this the first line of that file:\n\n# yaml-language-server: $schema=librechat.schema.json\n\nVS Code needs its YAML extension (redhat.vscode-yaml); other editors need yaml-language-server.",
  examples: ["llm-provider librechat schema > librechat.schema.json"],
};

export function schema(io: CommandIo): Command {
  return createCommand("schema", help, io).action(() => io.out(`${toJson(configSchema())}\n`));
}
