import { toMcpServersBlock, toRemoteMcpServer } from "@llm-provider/librechat/mcp";
import { stringify } from "yaml";
import { toMcpServers } from "../librechat.ts";
import { weaviate } from "../weaviate.ts";

/** Prints both servers that LibreChat can use. An operator needs one of them. */
export function printLibrechat({ url, builtinUrl }: { url?: string; builtinUrl: string }): void {
  const { auth } = weaviate.definition;
  const builtin = toRemoteMcpServer(builtinUrl, auth === "none" ? undefined : auth.env);
  console.log(`# 1. The server of this package: any version of Weaviate, one tool, read only. Into librechat.yaml:
${stringify(toMcpServers({ url })).trimEnd()}

# 2. Or Weaviate's own: version 1.38 or newer, started with MCP_SERVER_ENABLED=true. Into librechat.yaml:
${stringify(toMcpServersBlock("weaviate", builtin)).trimEnd().replaceAll(/^/gm, "# ")}

# Into .env, next to LibreChat's other keys:
# WEAVIATE_API_KEY=           only if Weaviate needs one
# WEAVIATE_URL=               the address of Weaviate; http://localhost:8080 if it is not set
# WEAVIATE_COLLECTION=        the only collection to search; if it is not set, a model may name one${url === undefined ? "" : "\n# WEAVIATE_MCP_TOKEN=         the token of the MCP server, if it has one"}`);
}
