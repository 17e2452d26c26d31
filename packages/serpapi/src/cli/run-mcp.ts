import { runToolServer, type BindOptions } from "@llm-provider/mcp/command";
import { ownPackage } from "../own-package.ts";
import { serpapi } from "../serpapi.ts";
import { toolOptions, warnWithoutKey } from "./tool-options.ts";

const instructions =
  "Search before you answer about anything recent, local or uncertain, and cite the pages that support the answer.";

/** Milliseconds. Clients wait 60 s; a shorter limit gives them a sentence instead of their own timeout. */
const timeout = 45_000;

/** Runs the MCP server, over stdio or HTTP. */
export async function runMcp(options: BindOptions & { http?: true; tokenFile?: string }): Promise<void> {
  warnWithoutKey();
  const facts = { ...ownPackage, instructions, tokenVariable: "SERPAPI_MCP_TOKEN" };
  await runToolServer(serpapi({ ...toolOptions(), timeout }), facts, options);
}
