import { runToolServer, type BindOptions } from "@llm-provider/mcp/command";
import { ownPackage } from "../own-package.ts";
import { defineWeaviate } from "../weaviate.ts";
import { toolOptions, toolSettings } from "./tool-settings.ts";

const instructions =
  "Search the documents before answering about what they cover, and name the sources that an answer rests on.";

/** Milliseconds: less than the 60 s that clients wait, so that they get a sentence and not a time-out of their own. */
const timeout = 45_000;

/** The MCP server, over stdio or HTTP. */
export async function runMcp(
  options: BindOptions & { http?: true; tokenFile?: string; embed?: string },
): Promise<void> {
  const tool = defineWeaviate(await toolSettings(options))({ ...toolOptions(), timeout });
  await runToolServer(tool, { ...ownPackage, instructions, tokenVariable: "WEAVIATE_MCP_TOKEN" }, options);
}
