/** What `--help` prints. */
export const usage = `llm-serpapi — web search by SerpApi, for models

  llm-serpapi                 an MCP server over stdio: what LibreChat and other clients start
  llm-serpapi --http          an MCP server over streamable HTTP, at /mcp
  llm-serpapi searxng         a server that LibreChat's own web search takes for SearXNG, at /search
  llm-serpapi librechat       prints the blocks for librechat.yaml, and what goes into .env
  llm-serpapi account         is the key good, how many searches are left? Costs no search
  llm-serpapi twin            a SerpApi on this machine that needs no key, to try the others against

  --port <number>             3333 for --http, 8888 for searxng, 3334 for twin
  --host <address>            127.0.0.1; any other than loopback needs a token or a key
  --allow-host <name>         a name by which clients reach this server: host.docker.internal
  --token-file <path>         what MCP clients must show; else the environment variable SERPAPI_MCP_TOKEN
  --key-file <path>           what SearXNG clients must show; else the environment variable SEARXNG_API_KEY
  --engine <name>             searxng: the engine of ordinary searches; google_light
  --url <address>             librechat: where the MCP server runs; without it LibreChat starts it itself
  --searxng-url <address>     librechat: where the SearXNG-shaped server runs; http://127.0.0.1:8888

  SERPAPI_API_KEY             the key, from https://serpapi.com/manage-api-key
  SERPAPI_BASE_URL            another server in place of https://serpapi.com: the twin, or a proxy of yours

No key and no token is ever an argument: other processes and the shell's history can read those.`;
