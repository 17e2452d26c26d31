import type { BindOptions } from "@llm-provider/mcp/command";
import { readSecret, untilStopped } from "@llm-provider/server";
import { engineIds } from "../search/engines.ts";
import { serveSearxng } from "../searxng/serve-searxng.ts";
import { toolOptions, warnWithoutKey } from "./tool-options.ts";

/** Runs the server for SearXNG clients. */
export async function runSearxng(options: BindOptions & { keyFile?: string; engine: string }): Promise<void> {
  const { port, host, allowHost: allowedHosts, keyFile } = options;
  const engine = engineIds.find((id) => id === options.engine);
  if (!engine) throw new Error(`There is no such engine. Choose one of: ${engineIds.join(", ")}.`);
  warnWithoutKey();
  const stopped = untilStopped();
  const key = readSecret({ file: keyFile, env: "SEARXNG_API_KEY" });
  const server = await serveSearxng({
    port,
    host,
    allowedHosts,
    key,
    engine,
    tool: toolOptions(),
    onError: (sentence) => console.error(sentence),
  });
  console.error(
    `Web search at ${server.url}/search, ${key ? "for clients with the key" : "for this machine"}. Ctrl+C ends it.`,
  );
  await stopped;
  await server.close();
}
