import { runToolServer, type BindOptions } from "@llm-provider/mcp/command";
import { ownPackage } from "../own-package.ts";
import { defineWeaviate } from "../weaviate.ts";
import { toolOptions, toolSettings } from "./tool-settings.ts";

const instructions =
  "Search the documents before you answer about a subject that they cover, and cite the sources that support the answer.";

/** Milliseconds. Clients wait 60 s; a shorter limit gives them a sentence instead of their own timeout. */
const timeout = 45_000;

/** Runs the MCP server, over stdio or HTTP. */
export async function runMcp(
  options: BindOptions & { http?: true; tokenFile?: string; embed?: string },
): Promise<void> {
  const tool = defineWeaviate(await toolSettings(options))({ ...toolOptions(), timeout });
  await runToolServer(tool, { ...ownPackage, instructions, tokenVariable: "WEAVIATE_MCP_TOKEN" }, options);
}
