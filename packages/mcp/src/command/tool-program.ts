import { closestName } from "@llm-provider/core/internal";
import { Command, CommanderError } from "commander";

/** The program of a tool's server: help, and errors that are thrown. `after` ends the help. */
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

/** The options of a command that listens. `secret` names what another address than loopback needs: `a token`. */
export function addServerOptions(command: Command, port: number, secret: string): Command {
  return command
    .option("--port <number>", "where clients connect", readPort, port)
    .option("--host <address>", `the address to bind; any other than loopback needs ${secret}`, "127.0.0.1")
    .option("--allow-host <name>", "a name by which clients reach this server: host.docker.internal", addTo);
}

/**
 * Runs what the arguments say, and ends when a server is stopped. `instead` says where the key goes, for who gave it here.
 * @throws Error with a sentence that repeats no argument: one of them may be a key that was put there by mistake.
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

/** The value of an option that names a port; 0 for a free one. */
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
