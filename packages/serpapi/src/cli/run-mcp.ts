import { ownPackage } from "../own-package.ts";
import { serveTools } from "@llm-provider/mcp";
import { readSecret, untilStopped } from "@llm-provider/server";
import { serpapi } from "../serpapi.ts";
import { toolOptions, warnWithoutKey, type BindOptions } from "./tool-options.ts";

const { name, version } = ownPackage;

const instructions =
  "Search before answering about what is recent, local or not known for sure, and name the pages that an answer rests on.";

/** Milliseconds: less than the 60 s that clients wait, so that they get a sentence and not a time-out of their own. */
const timeout = 45_000;

/** The MCP server, over stdio or HTTP. */
export async function runMcp({
  http,
  port,
  host,
  allowHost: allowedHosts,
  tokenFile,
}: BindOptions & { http?: true; tokenFile?: string }): Promise<void> {
  warnWithoutKey();
  const tools = [serpapi({ ...toolOptions(), timeout })];
  if (!http) {
    const server = await serveTools(tools, { name, version, instructions });
    void untilStopped().then(() => server.close());
    return server.closed;
  }
  const stopped = untilStopped();
  const token = readSecret({ file: tokenFile, env: "SERPAPI_MCP_TOKEN" });
  const server = await serveTools(tools, { name, version, instructions, http: { port, host, allowedHosts, token } });
  console.error(
    `MCP server at ${server.url}, ${token ? "for clients with the token" : "for this machine"}. Ctrl+C ends it.`,
  );
  await stopped;
  await server.close();
}
