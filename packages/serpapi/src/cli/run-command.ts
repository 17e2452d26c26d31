import { closestName } from "@llm-provider/core/internal";
import { untilStopped } from "@llm-provider/server";
import { Command, CommanderError } from "commander";

const after = `
Examples:
  llm-serpapi             an MCP server over stdio: what LibreChat and other clients start
  llm-serpapi --http      an MCP server over streamable HTTP; llm-serpapi mcp --help lists its options
  llm-serpapi searxng     a server for LibreChat's own web search

Environment:
  SERPAPI_API_KEY         the key, from https://serpapi.com/manage-api-key
  SERPAPI_BASE_URL        another server in place of https://serpapi.com: the twin, or a proxy of yours
  SERPAPI_MCP_TOKEN       the token that MCP clients must send, unless --token-file names a file
  SEARXNG_API_KEY         the key that SearXNG clients must send, unless --key-file names a file

A key or a token is never an argument: other processes and the shell's history can read arguments.`;

/**
 * Runs what the arguments say, and ends when a server is stopped.
 * @throws Error with a sentence that repeats no argument: one of them may be a key that was put there by mistake.
 */
export async function runCommand(argv: readonly string[]): Promise<void> {
  if (argv.some((one) => /^--?(api-?key|key|token|secret)(=|$)/i.test(one)))
    throw new Error(
      "A key is never an argument: other processes and the shell's history can read it. Set SERPAPI_API_KEY, or use --token-file and --key-file.",
    );
  const program = createProgram();
  try {
    await program.parseAsync(argv, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // `--help` ends here too. Commander's message contains the argument, so its error is not passed on as the cause.
    // oxlint-disable-next-line preserve-caught-error
    if (error.exitCode !== 0) throw new Error(usageSentence(error, program, argv));
  }
}

/** What a command needs is loaded when it runs: the MCP SDK alone takes longer to load than any other command to run. */
function createProgram(): Command {
  const program = new Command("llm-serpapi")
    .description("Web search by SerpApi, for models.")
    .exitOverride()
    .configureOutput({ writeOut: (text) => console.log(text.trimEnd()), writeErr: () => undefined })
    .helpCommand(false)
    .addHelpText("after", after);

  server(program.command("mcp", { isDefault: true }), 3333, "a token")
    .description("an MCP server: what runs without a command")
    .option("--http", "streamable HTTP at /mcp, in place of stdio")
    .option("--token-file <path>", "a file with the token that clients must send; else SERPAPI_MCP_TOKEN")
    .action(async (options) => (await import("./run-mcp.ts")).runMcp(options));
  server(program.command("searxng"), 8888, "a key")
    .description("a server that LibreChat's own web search takes for SearXNG, at /search")
    .option("--key-file <path>", "a file with the key that clients must send; else SEARXNG_API_KEY")
    .option("--engine <name>", "the engine of ordinary searches", "google_light")
    .action(async (options) => (await import("./run-searxng.ts")).runSearxng(options));
  program
    .command("librechat")
    .description("print the blocks for librechat.yaml, and what goes into .env")
    .option("--url <address>", "where the MCP server runs; without it LibreChat starts the server itself")
    .option("--searxng-url <address>", "where the SearXNG-shaped server runs", "http://127.0.0.1:8888")
    .action(async (options) => (await import("./print-librechat.ts")).printLibrechat(options));
  program
    .command("account")
    .description("check the key, and print how many searches are left; costs no search")
    .action(async () => (await import("./print-account.ts")).printAccount());
  program
    .command("twin")
    .description("a SerpApi on this machine that needs no key, to try the others against")
    .option("--port <number>", "where it listens", readPort, 3334)
    .action(runTwin);
  return program;
}

async function runTwin({ port }: { port: number }): Promise<void> {
  const { startSerpapiTwin } = await import("../twin/start-serpapi-twin.ts");
  const stopped = untilStopped();
  const twin = await startSerpapiTwin({ port });
  console.error(`The twin of SerpApi is at ${twin.url}. Any key passes. Try it:`);
  console.error(`SERPAPI_BASE_URL=${twin.url} SERPAPI_API_KEY=any npx @llm-provider/serpapi account`);
  await stopped;
  await twin.close();
}

function server(command: Command, port: number, secret: string): Command {
  return command
    .option("--port <number>", "where clients connect", readPort, port)
    .option("--host <address>", `the address to bind; any other than loopback needs ${secret}`, "127.0.0.1")
    .option("--allow-host <name>", "a name by which clients reach this server: host.docker.internal", addTo);
}

function addTo(name: string, names: readonly string[] = []): readonly string[] {
  return [...names, name];
}

function readPort(text: string): number {
  const port = Number(text);
  if (text.trim() === "" || !(Number.isInteger(port) && port >= 0 && port <= 65_535))
    throw new Error("--port takes a number from 0 to 65535.");
  return port;
}

function usageSentence({ code, message }: CommanderError, program: Command, argv: readonly string[]): string {
  const names = program.commands.map((command) => command.name());
  const [first = ""] = argv;
  const late = names.find((name) => argv.indexOf(name) > 0);
  if (first.startsWith("-") && late !== undefined)
    return `The command comes first, its options follow: llm-serpapi ${late} --help lists them.`;
  if (code === "commander.excessArguments" || !(first.startsWith("-") || names.includes(first))) {
    const meant = names.includes(first) ? undefined : closestName(first, names);
    return `There is no such command. ${meant ? `Did you mean ${meant}?` : `There are: ${names.join(", ")}; see --help.`}`;
  }
  const meant = /\(Did you mean (--[a-z-]+)\?\)/.exec(message)?.[1];
  return `An option is unknown, or its value is missing; ${meant ? `did you mean ${meant}?` : "see --help."}`;
}
