import { addServerOptions, createToolProgram, readPort, runToolProgram } from "@llm-provider/mcp/command";
import { untilStopped } from "@llm-provider/server";

const after = `
Examples:
  llm-weaviate                                 an MCP server over stdio: what LibreChat and other clients start
  llm-weaviate --http                          an MCP server over streamable HTTP
  llm-weaviate --embed ollama:nomic-embed-text search by meaning in collections without a vectorizer

Environment:
  WEAVIATE_URL            the address of Weaviate, without /v1; else http://localhost:8080
  WEAVIATE_API_KEY        the key, if Weaviate needs one
  WEAVIATE_COLLECTION     the only collection to search; else a model may name one
  WEAVIATE_MCP_TOKEN      the token that MCP clients must send, unless --token-file names a file`;

/** Runs the command that the arguments name, until its server is stopped. Its errors repeat no argument. */
export function runCommand(argv: readonly string[]): Promise<void> {
  const program = createToolProgram("llm-weaviate", "Search in Weaviate, for models.", after);
  addServerOptions(program.command("mcp", { isDefault: true }), 3335, "a token")
    .description("start an MCP server; the default command")
    .option("--http", "streamable HTTP at /mcp, instead of stdio")
    .option("--token-file <path>", "a file with the token that clients must send; else WEAVIATE_MCP_TOKEN")
    .option(
      "--embed <provider:model>",
      "the model for the vectors of queries; its provider's package must be installed",
    )
    .action(async (options) => (await import("./run-mcp.ts")).runMcp(options));
  program
    .command("librechat")
    .description("print the blocks for librechat.yaml and the lines for .env")
    .option("--url <address>", "where this MCP server runs; without it LibreChat starts the server itself")
    .option("--builtin-url <address>", "where Weaviate's own MCP server runs", "http://localhost:8080/v1/mcp")
    .action(async (options) => (await import("./print-librechat.ts")).printLibrechat(options));
  program
    .command("collections")
    .description("check the address and the key, and print what can be searched")
    .action(async () => (await import("./print-collections.ts")).printCollections());
  program
    .command("twin")
    .description("start a fake Weaviate on this machine with a few documents, to try the other commands")
    .option("--port <number>", "where it listens", readPort, 3336)
    .action(runTwin);
  return runToolProgram(program, argv, "Set WEAVIATE_API_KEY, or use --token-file.");
}

async function runTwin({ port }: { port: number }): Promise<void> {
  const { startWeaviateTwin } = await import("../twin/start-weaviate-twin.ts");
  const { sampleDocuments } = await import("../twin/sample-documents.ts");
  const stopped = untilStopped();
  const twin = await startWeaviateTwin({ port, collections: { Document: sampleDocuments } });
  console.error(`The twin of Weaviate is at ${twin.url}. It needs no key. Try it:`);
  console.error(`WEAVIATE_URL=${twin.url} npx @llm-provider/weaviate collections`);
  await stopped;
  await twin.close();
}
