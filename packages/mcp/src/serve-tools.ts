import type { Tool } from "@llm-provider/core";
import type { HttpOptions } from "./serve-http.ts";
import type { ToolServer } from "./tool-server.ts";

export type ServeOptions = {
  /** The server's name for its clients; `llm-provider`. */
  name?: string;
  /** The server's version for its clients; `0.0.0`. */
  version?: string;
  /** How a model should use these tools; clients may show it to the model. */
  instructions?: string;
  /** Streamable HTTP instead of stdio. */
  http?: HttpOptions;
};

/**
 * Serves tools over the Model Context Protocol: stdio unless `http` is given. Over stdio nothing else may write to the
 * standard output. Over HTTP the server binds loopback, checks Host and Origin, and needs a token for any other bind.
 */
export async function serveTools(
  tools: readonly Tool<never, unknown>[],
  options: ServeOptions = {},
): Promise<ToolServer> {
  const names = tools.map((tool) => tool.spec.function.name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new TypeError(`Two tools are named ${twice}: a client could call only one of them.`);
  const { name = "llm-provider", version = "0.0.0", instructions, http } = options;
  const identity = { name, version, ...(instructions !== undefined && { instructions }) };
  // The SDK is loaded when it is used: whoever wants only the small HTTP server does not wait for it.
  if (!http) return (await import("./serve-stdio.ts")).serveStdio(tools, identity);
  return (await import("./serve-http.ts")).serveHttp(tools, identity, http);
}
