import { ProviderError } from "@llm-provider/core";
import { Command, CommanderError } from "commander";
import { commandIo, type CommandIo, type Io } from "./io.ts";
import { paint, visible } from "./terminal.ts";

/** What the help of a command shows. */
export interface CommandText {
  /** One line, without a full stop, for the list of commands. */
  readonly summary: string;
  /** Further paragraphs. */
  readonly description?: string;
  /** Whole command lines. The first one also answers a missing argument. */
  readonly examples: readonly string[];
}

/** A command of ours: same help, same sentences for a wrong use, same exit codes. */
export function createCommand(
  name: string,
  { summary, description, examples }: CommandText,
  io: Pick<CommandIo, "out" | "err" | "isTerminal" | "columns">,
): Command {
  const { bold } = paint(io);
  const columns = Math.min(io.columns, 100);
  const command = new Command(name)
    .summary(summary)
    .description([`${summary}.`, ...(description === undefined ? [] : [description])].join("\n\n"))
    .helpOption("-h, --help", "Show this help")
    .enablePositionalOptions()
    .configureHelp({
      displayWidth: (text) => visible(text).length,
      styleTitle: bold,
      styleOptionTerm: bold,
      styleSubcommandTerm: bold,
      styleArgumentTerm: bold,
      subcommandTerm: (subcommand) => subcommand.name(),
      visibleArguments: ({ registeredArguments }) => registeredArguments.filter((argument) => argument.description),
    })
    .configureOutput({
      writeOut: (text) => io.out(text),
      writeErr: (text) => io.err(text),
      // `runProgram` prints the errors.
      outputError: () => undefined,
      getOutHelpWidth: () => columns,
      getErrHelpWidth: () => columns,
      getOutHasColors: () => io.isTerminal,
      getErrHasColors: () => io.isTerminal,
    })
    .exitOverride((error) => {
      throw error.message === "(outputHelp)" || error.exitCode === 0 ? error : wrongUse(error, command, examples);
    });
  const lines = examples.map((example) => `  ${example}`);
  return command.addHelpText("after", `\n${bold("Examples:")}\n${lines.join("\n")}`);
}

/** A wrong use of the command line: a sentence, what to do, exit code 2. */
export function usageError(message: string): Error & { readonly exitCode: 2 } {
  return Object.assign(new Error(message), { exitCode: 2 as const });
}

/** Runs one command line and returns the exit code: 0 done, 1 failed, 2 wrong use, 130 interrupted. Never shows a stack. */
export async function runProgram(
  create: (io: CommandIo) => Command | Promise<Command>,
  argv: readonly string[],
  given: Io,
): Promise<number> {
  const io = commandIo(given);
  try {
    const program = await create(io);
    await program.parseAsync(argv, { from: "user" });
    return io.exitCode;
  } catch (error) {
    if (io.signal.aborted) return 130;
    if (!(error instanceof Error)) throw error;
    // The help has been printed: 0 if it was requested.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    printError(error, io);
    return "exitCode" in error ? Number(error.exitCode) : 1;
  }
}

/** Prints an error to stderr; one of a provider with its code, what to do, and the page about it. */
export function printError(error: Error, io: CommandIo): void {
  const { red, dim } = paint(io);
  const isProviders = ProviderError.is(error);
  const label = isProviders ? `${red(error.code)}${error.status ? ` (HTTP ${error.status})` : ""}` : red("error");
  io.err(`${label} ${error.message}\n`);
  if (isProviders && error.hint) io.err(`${dim("what to do:")} ${error.hint}\n`);
  if (isProviders) io.err(`${dim("more about it:")} ${error.help}\n`);
}

/**
 * Commander's error in our words. A mistyped option is repeated only if it looks like an option's name: it may be a
 * key that was pasted in the wrong place.
 */
function wrongUse({ code, message }: CommanderError, command: Command, examples: readonly string[]): Error {
  const path = pathOf(command);
  const [, name = ""] = /'([^']*)'/.exec(message) ?? [];
  const [, meant] = /\(Did you mean (?:one of )?([^,?]+)/.exec(message) ?? [];
  const help = `See \`${path.join(" ")} --help\`.`;
  const [, choices] = /for argument .*Allowed choices are (.*)\.$/.exec(message) ?? [];
  if (choices !== undefined)
    return usageError(`Which ${/argument '(.*?)'/.exec(message)?.[1]}? One of ${choices}. ${help}`);
  if (code === "commander.missingArgument") return usageError(`Which ${name}? Such as \`${examples[0]}\`.`);
  const [option = "", value] = name.split(/[= ]/);
  if (code === "commander.optionMissingArgument") return usageError(`${option} needs a value. ${help}`);
  if (code === "commander.unknownOption") {
    if (value !== undefined && command.options.some(({ long }) => long === option))
      return usageError(`${option} takes no value. ${help}`);
    const shown = /^--[a-z-]{1,30}$/.test(option) ? `There is no option \`${option}\`` : "There is no such option";
    const advice = /^--?(api-?key|key|token|secret)$/.test(option)
      ? `. ${noKeyHere(command)}`
      : meant
        ? `; did you mean \`${meant}\`?`
        : ".";
    return usageError(`${shown}${advice} ${help}`);
  }
  if (code === "commander.unknownCommand") {
    const known = `Choose one of: ${command.commands.map((one) => one.name()).join(", ")}.`;
    const asked = [...path.slice(1), name].join(" ");
    return usageError(`There is no command \`${asked}\`. ${meant ? `Did you mean \`${meant}\`?` : known}`);
  }
  const text = message.replace(/^error: (.)/, (_, first: string) => first.toUpperCase());
  return usageError(`${/[?.]$/.test(text) ? text : `${text}.`} ${help}`);
}

function noKeyHere({ options }: Command): string {
  const naming = options.find(({ long }) => long?.endsWith("key-env"))?.long;
  const where = `put it into an environment variable${naming ? `, and name that with \`${naming}\`` : ""}.`;
  return `A key is never an argument, since other processes and the shell's history can read it: ${where}`;
}

function pathOf(command: Command): string[] {
  return [...(command.parent ? pathOf(command.parent) : []), command.name()];
}
