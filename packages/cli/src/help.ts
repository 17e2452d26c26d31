import type { Command, CommandTable } from "./command.ts";
import type { Io } from "./io.ts";
import { optionsOf } from "./options-of.ts";
import { paint } from "./paint.ts";
import { wrap } from "./wrap.ts";

/** The list of commands. */
export function programHelp(table: CommandTable, path: readonly string[], examples: readonly string[], io: Io): string {
  const { bold } = paint(io);
  const name = ["llm-provider", ...path].join(" ");
  const width = Math.max(...Object.keys(table).map((command) => command.length));
  const rows = Object.entries(table).map(([command, { summary }]) => `  ${bold(command.padEnd(width))}  ${summary}`);
  const options = path.length === 0 ? "\n\nOptions\n  -h, --help     This text\n  -v, --version  The version" : "";
  return `Usage: ${name} <command> [options]\n\n${rows.join("\n")}${options}\n\nExamples\n${examples.map((example) => `  ${example}`).join("\n")}\n\n\`${name} <command> --help\` says more of each, with examples.\n`;
}

/** Everything about one command. */
export function commandHelp(command: Command, path: readonly string[], io: Io): string {
  const { bold } = paint(io);
  const columns = Math.min(io.columns, 100);
  const options = Object.entries(optionsOf(command));
  const flags = options.map(
    ([name, { short, value }]) => `${short ? `-${short}, ` : "    "}--${name}${value ? ` ${value}` : ""}`,
  );
  const width = Math.max(...flags.map((flag) => flag.length));
  const rows = options.map(([, { description }], index) => {
    const lines = wrap(description, Math.max(20, columns - width - 4));
    return `  ${bold(flags[index]!.padEnd(width))}  ${lines.join(`\n${" ".repeat(width + 4)}`)}`;
  });
  const paragraphs = (command.description ?? "")
    .split("\n\n")
    .filter(Boolean)
    .map((paragraph) => `\n${wrap(paragraph, columns).join("\n")}\n`);
  const examples = command.examples.map((example) => `  ${example}`);
  const usage = command.usage.startsWith(path.join(" ")) ? command.usage : `${path.join(" ")} ${command.usage}`;
  return `Usage: llm-provider ${usage}\n\n${command.summary}.\n${paragraphs.join("")}\nOptions\n${rows.join("\n")}\n\nExamples\n${examples.join("\n")}\n`;
}
