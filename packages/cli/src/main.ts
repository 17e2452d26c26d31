import { parseArgs } from "node:util";
import { ProviderError } from "@llm-provider/core";
import { closestName } from "@llm-provider/core/internal";
import type { Command, CommandTable, Values } from "./command.ts";
import { commands, examples } from "./commands.ts";
import { commandHelp, programHelp } from "./help.ts";
import type { Io } from "./io.ts";
import { optionsOf } from "./options-of.ts";
import { paint } from "./paint.ts";
import { usageError } from "./usage-error.ts";
import { version } from "./version.ts";

/** Runs one command line and returns the exit code: 0 done, 1 failed, 2 wrong use, 130 interrupted. Never shows a stack. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  try {
    return await dispatch({ table: commands, examples }, argv, [], io);
  } catch (error) {
    if (io.signal.aborted) return 130;
    const { red, dim } = paint(io);
    if (!(error instanceof Error)) throw error;
    if ("exitCode" in error) {
      io.err(`${red("error")} ${error.message}\n`);
      return Number(error.exitCode);
    }
    if (ProviderError.is(error)) {
      io.err(`${red(error.code)} ${error.status ? `(HTTP ${error.status}) ` : ""}${error.message}\n`);
      if (error.hint) io.err(`${dim("what to do:")} ${error.hint}\n`);
      return 1;
    }
    io.err(`${red("error")} ${error.message}\n`);
    return 1;
  }
}

type Group = { readonly table: CommandTable; readonly examples: readonly string[] };

async function dispatch(
  { table, examples: groupExamples }: Group,
  argv: readonly string[],
  path: readonly string[],
  io: Io,
): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    const asked = name === "help" ? rest[0] : undefined;
    if (asked !== undefined && Object.hasOwn(table, asked))
      return dispatch({ table, examples: groupExamples }, [asked, "--help"], path, io);
    const text = programHelp(table, path, groupExamples, io);
    if (name === undefined) io.err(text);
    else io.out(text);
    return name === undefined ? 2 : 0;
  }
  if (path.length === 0 && (name === "--version" || name === "-v")) {
    io.out(`${version()}\n`);
    return 0;
  }
  if (!Object.hasOwn(table, name)) {
    const meant = closestName(name, Object.keys(table));
    const known = `There are: ${Object.keys(table).join(", ")}.`;
    throw usageError(
      `There is no command \`${[...path, name].join(" ")}\`. ${meant ? `Did you mean \`${meant}\`?` : known}`,
    );
  }
  const command = await table[name]!.load();
  const here = [...path, name];
  if (command.subcommands && !command.run)
    return dispatch({ table: command.subcommands, examples: command.examples }, rest, here, io);
  const { values, positionals } = parse(command, rest, here);
  if (values["help"]) {
    io.out(commandHelp(command, here, io));
    return 0;
  }
  return command.run!(values, positionals, io);
}

function parse(
  command: Command,
  args: readonly string[],
  path: readonly string[],
): { values: Values; positionals: string[] } {
  const options = Object.fromEntries(
    Object.entries(optionsOf(command)).map(([name, { type, short, multiple }]) => [
      name,
      { type, ...(short && { short }), ...(multiple && { multiple }) },
    ]),
  );
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const unknown = /Unknown option '--?([^'=]+)/.exec(text)?.[1];
    const meant = unknown === undefined ? undefined : closestName(unknown, Object.keys(options));
    const problem =
      unknown === undefined
        ? text.split(". ")[0]
        : `There is no option \`--${unknown}\`${meant ? `; did you mean \`--${meant}\`?` : ""}`;
    throw usageError(`${problem}${/[?.]$/.test(problem!) ? "" : "."} See \`llm-provider ${path.join(" ")} --help\`.`);
  }
}
