import { runToolServer, type BindOptions } from "@llm-provider/mcp/command";
import { ownPackage } from "../own-package.ts";
import { serpapi } from "../serpapi.ts";
import { toolOptions, warnWithoutKey } from "./tool-options.ts";

const instructions =
  "Search before answering about what is recent, local or not known for sure, and name the pages that an answer rests on.";

/** Milliseconds: less than the 60 s that clients wait, so that they get a sentence and not a time-out of their own. */
const timeout = 45_000;

/** The MCP server, over stdio or HTTP. */
export async function runMcp(options: BindOptions & { http?: true; tokenFile?: string }): Promise<void> {
  warnWithoutKey();
  const facts = { ...ownPackage, instructions, tokenVariable: "SERPAPI_MCP_TOKEN" };
  await runToolServer(serpapi({ ...toolOptions(), timeout }), facts, options);
}
