import type { Command, Option } from "./command.ts";

/** The options of a command and those of every command. */
export function optionsOf(command: Command): Readonly<Record<string, Option>> {
  return { ...command.options, help: { type: "boolean", short: "h", description: "This text" } };
}
