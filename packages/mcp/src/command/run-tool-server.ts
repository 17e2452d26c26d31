import type { Tool } from "@llm-provider/core";
import { readSecret, untilStopped } from "@llm-provider/server";

/** The address options of a command that serves. */
export interface BindOptions {
  readonly port: number;
  readonly host: string;
  readonly allowHost?: readonly string[];
}

/** What the server tells its clients, and the environment variable of the token that they must send over HTTP. */
export interface ToolServerFacts {
  readonly name: string;
  readonly version: string;
  readonly instructions: string;
  readonly tokenVariable: string;
}

/** Serves a tool over stdio, or with `http` over streamable HTTP, until the process is stopped. */
export async function runToolServer(
  tool: Tool<never, unknown>,
  { tokenVariable, ...options }: ToolServerFacts,
  { http, port, host, allowHost: allowedHosts, tokenFile }: BindOptions & { http?: true; tokenFile?: string },
): Promise<void> {
  // Imported only here: loading the SDK takes longer than running any other command.
  const { serveTools } = await import("../serve-tools.ts");
  if (!http) {
    const server = await serveTools([tool], options);
    void untilStopped().then(() => server.close());
    return server.closed;
  }
  const stopped = untilStopped();
  const token = readSecret({ file: tokenFile, env: tokenVariable });
  const server = await serveTools([tool], { ...options, http: { port, host, allowedHosts, token } });
  console.error(
    `MCP server at ${server.url}, ${token ? "for clients with the token" : "for this machine"}. Ctrl+C ends it.`,
  );
  await stopped;
  await server.close();
}
