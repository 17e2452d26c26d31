import { type McpServersBlock, toMcpServer, toMcpServersBlock, toRemoteMcpServer } from "@llm-provider/librechat/mcp";
import { ownPackage } from "./own-package.ts";
import { weaviate } from "./weaviate.ts";

export interface McpServersOptions {
  /** The server's name in LibreChat. @default "weaviate" */
  readonly name?: string;
  /** Where the server runs. @default none: LibreChat starts it itself and talks to it over stdio */
  readonly url?: string;
  /** Does the server at `url` need a token? LibreChat reads the token from WEAVIATE_MCP_TOKEN. @default true */
  readonly needsToken?: boolean;
}

/** Variables that the server reads in addition to the key. */
const variables = ["WEAVIATE_URL", "WEAVIATE_COLLECTION"];

/** The `mcpServers` block of a librechat.yaml for the server of this package. Keys stay in LibreChat's environment. */
export function toMcpServers({ name = "weaviate", url, needsToken = true }: McpServersOptions = {}): McpServersBlock {
  const { auth } = weaviate.definition;
  const server =
    url === undefined
      ? // Pins the installed version: otherwise npx would run any newer one with the key.
        toMcpServer({ auth, variables }, { command: "npx", args: ["-y", `${ownPackage.name}@${ownPackage.version}`] })
      : toRemoteMcpServer(url, needsToken ? "WEAVIATE_MCP_TOKEN" : undefined);
  return toMcpServersBlock(name, server);
}
