import { stringify } from "yaml";
import { toMcpServers, toWebSearch } from "../librechat.ts";

/** Prints both ways to use the search in LibreChat. An operator can use one or both. */
export function printLibrechat({ url, searxngUrl }: { url?: string; searxngUrl: string }): void {
  console.log(`# 1. As a tool for agents and chats. Into librechat.yaml:
${stringify(toMcpServers({ url })).trimEnd()}

# 2. As the source of LibreChat's own web search. Into librechat.yaml:
#    Start it with: npx @llm-provider/serpapi searxng
#    LibreChat shows its web search only if a scraper has a key too: Firecrawl, Serper or Tavily.
${stringify(toWebSearch({ url: searxngUrl })).trimEnd()}

# Into .env, next to LibreChat's other keys:
# SERPAPI_API_KEY=            from https://serpapi.com/manage-api-key${url ? "\n# SERPAPI_MCP_TOKEN=          the token of the MCP server, if it has one" : ""}
# SEARXNG_INSTANCE_URL=${searxngUrl}
# SEARXNG_API_KEY=            the key of the search server; \`openssl rand -hex 32\` makes one`);
}
