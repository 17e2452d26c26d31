import { addServerOptions, createToolProgram, readPort, runToolProgram } from "@llm-provider/mcp/command";
import { untilStopped } from "@llm-provider/server";

const after = `
Examples:
  llm-serpapi             an MCP server over stdio: what LibreChat and other clients start
  llm-serpapi --http      an MCP server over streamable HTTP; llm-serpapi mcp --help lists its options
  llm-serpapi searxng     a server for LibreChat's own web search

Environment:
  SERPAPI_API_KEY         the key, from https://serpapi.com/manage-api-key
  SERPAPI_BASE_URL        a server instead of https://serpapi.com: the twin, or your own proxy
  SERPAPI_MCP_TOKEN       the token that MCP clients must send, unless --token-file names a file
  SEARXNG_API_KEY         the key that SearXNG clients must send, unless --key-file names a file`;

/** Runs the command that the arguments name, until its server is stopped. Its errors repeat no argument. */
export function runCommand(argv: readonly string[]): Promise<void> {
  return runToolProgram(createProgram(), argv, "Set SERPAPI_API_KEY, or use --token-file and --key-file.");
}

/** Each command imports what it needs when it runs: loading the MCP SDK takes longer than running any other command. */
function createProgram() {
  const program = createToolProgram("llm-serpapi", "Web search by SerpApi, for models.", after);

  addServerOptions(program.command("mcp", { isDefault: true }), 3333, "a token")
    .description("start an MCP server; the default command")
    .option("--http", "streamable HTTP at /mcp, instead of stdio")
    .option("--token-file <path>", "a file with the token that clients must send; else SERPAPI_MCP_TOKEN")
    .action(async (options) => (await import("./run-mcp.ts")).runMcp(options));
  addServerOptions(program.command("searxng"), 8888, "a key")
    .description("start a SearXNG-compatible server for LibreChat's own web search, at /search")
    .option("--key-file <path>", "a file with the key that clients must send; else SEARXNG_API_KEY")
    .option("--engine <name>", "the engine of ordinary searches", "google_light")
    .action(async (options) => (await import("./run-searxng.ts")).runSearxng(options));
  program
    .command("librechat")
    .description("print the blocks for librechat.yaml and the lines for .env")
    .option("--url <address>", "where the MCP server runs; without it LibreChat starts the server itself")
    .option("--searxng-url <address>", "where the SearXNG-shaped server runs", "http://127.0.0.1:8888")
    .action(async (options) => (await import("./print-librechat.ts")).printLibrechat(options));
  program
    .command("account")
    .description("check the key, and print how many searches are left; costs no search")
    .action(async () => (await import("./print-account.ts")).printAccount());
  program
    .command("twin")
    .description("start a fake SerpApi on this machine that needs no key, to try the other commands")
    .option("--port <number>", "where it listens", readPort, 3334)
    .action(runTwin);
  return program;
}

async function runTwin({ port }: { port: number }): Promise<void> {
  const { startSerpapiTwin } = await import("../twin/start-serpapi-twin.ts");
  const stopped = untilStopped();
  const twin = await startSerpapiTwin({ port });
  console.error(`The twin of SerpApi is at ${twin.url}. It accepts any key. Try it:`);
  console.error(`SERPAPI_BASE_URL=${twin.url} SERPAPI_API_KEY=any npx @llm-provider/serpapi account`);
  await stopped;
  await twin.close();
}
