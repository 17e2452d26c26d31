import { readArguments, type Command, type Options } from "./read-arguments.ts";
import { usage } from "./usage.ts";

/** Loaded when they are asked for: the MCP SDK alone takes longer to load than any other command to run. */
const commands: { readonly [command in Command]: () => Promise<(options: Options) => Promise<void>> } = {
  mcp: async () => (await import("./run-mcp.ts")).runMcp,
  searxng: async () => (await import("./run-searxng.ts")).runSearxng,
  librechat: async () => (await import("./print-librechat.ts")).printLibrechat,
  account: async () => (await import("./print-account.ts")).printAccount,
  twin: async () => (await import("./run-twin.ts")).runTwin,
};

/** Runs what the arguments say. Throws what a person can read; ends when a server is stopped. */
export async function runCommand(argv: readonly string[]): Promise<void> {
  const { command, options } = readArguments(argv);
  if (options.help) return console.log(usage);
  const run = await commands[command]();
  await run(options);
}
