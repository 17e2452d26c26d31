import { closestName } from "@llm-provider/core/internal";
import { Command, CommanderError } from "commander";

/** Creates the command line of a tool's server. It throws its errors. `after` is printed at the end of the help. */
export function createToolProgram(name: string, description: string, after: string): Command {
  return new Command(name)
    .description(description)
    .exitOverride()
    .configureOutput({ writeOut: (text) => console.log(text.trimEnd()), writeErr: () => undefined })
    .helpCommand(false)
    .addHelpText(
      "after",
      `${after}\n\nA key or a token is never an argument: other processes and the shell's history can read arguments.`,
    );
}

/** Adds the options of a command that serves. `secret` names what any address but loopback needs, such as `a token`. */
export function addServerOptions(command: Command, port: number, secret: string): Command {
  return command
    .option("--port <number>", "where clients connect", readPort, port)
    .option("--host <address>", `the address to bind; any other than loopback needs ${secret}`, "127.0.0.1")
    .option("--allow-host <name>", "a name by which clients reach this server: host.docker.internal", addTo);
}

/**
 * Runs the command that the arguments name, until its server is stopped. `instead` tells a person who passes a key as an argument where to
 * put it.
 * @throws Error with a sentence that repeats no argument, since one of them may be a key.
 */
export async function runToolProgram(program: Command, argv: readonly string[], instead: string): Promise<void> {
  if (argv.some((one) => /^--?(api-?key|key|token|secret)(=|$)/i.test(one)))
    throw new Error(`A key is never an argument: other processes and the shell's history can read it. ${instead}`);
  try {
    await program.parseAsync(argv, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // `--help` ends here too. Commander's message contains the argument, so its error is not passed on as the cause.
    // oxlint-disable-next-line preserve-caught-error
    if (error.exitCode !== 0) throw new Error(usageSentence(error, program, argv));
  }
}

/** Reads the value of `--port`; 0 means a free port. */
export function readPort(text: string): number {
  const port = Number(text);
  if (text.trim() === "" || !(Number.isInteger(port) && port >= 0 && port <= 65_535))
    throw new Error("--port takes a number from 0 to 65535.");
  return port;
}

function addTo(name: string, names: readonly string[] = []): readonly string[] {
  return [...names, name];
}

function usageSentence({ code, message }: CommanderError, program: Command, argv: readonly string[]): string {
  const names = program.commands.map((command) => command.name());
  const [first = ""] = argv;
  const late = names.find((name) => argv.indexOf(name) > 0);
  if (first.startsWith("-") && late !== undefined)
    return `The command comes first, its options follow: ${program.name()} ${late} --help lists them.`;
  if (code === "commander.excessArguments" || !(first.startsWith("-") || names.includes(first))) {
    const meant = names.includes(first) ? undefined : closestName(first, names);
    return `There is no such command. ${meant ? `Did you mean ${meant}?` : `Choose one of: ${names.join(", ")}; see --help.`}`;
  }
  const meant = /\(Did you mean (--[a-z-]+)\?\)/.exec(message)?.[1];
  return `An option is unknown, or its value is missing; ${meant ? `did you mean ${meant}?` : "see --help."}`;
}
