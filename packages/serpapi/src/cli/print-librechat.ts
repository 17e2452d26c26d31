import { stringify } from "yaml";
import { toMcpServers } from "../librechat.ts";
import { toWebSearch } from "../librechat.ts";

/** Prints both ways into LibreChat. An operator takes one, or both. */
export function printLibrechat({ url, searxngUrl }: { url?: string; searxngUrl: string }): void {
  console.log(`# 1. As a tool that agents and chats can pick: into librechat.yaml
${stringify(toMcpServers({ url })).trimEnd()}

# 2. As the source of LibreChat's own web search: into librechat.yaml.
#    Start it with: npx @llm-provider/serpapi searxng
#    LibreChat shows its web search only where a scraper has a key too: Firecrawl, Serper or Tavily.
${stringify(toWebSearch({ url: searxngUrl })).trimEnd()}

# Into .env, beside LibreChat's other keys:
# SERPAPI_API_KEY=            from https://serpapi.com/manage-api-key${url ? "\n# SERPAPI_MCP_TOKEN=          the token of the MCP server, where it has one" : ""}
# SEARXNG_INSTANCE_URL=${searxngUrl}
# SEARXNG_API_KEY=            the key of the search server; \`openssl rand -hex 32\` makes one`);
}
