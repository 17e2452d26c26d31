/** One entry of `mcpServers` in librechat.yaml. `type` is always written: an `http` URL without it is taken for SSE. */
export type McpServer = (
  | { type: "stdio"; command: string; args: string[]; env?: { [name: string]: string } }
  | {
      type: "streamable-http" | "sse";
      url: string;
      headers?: { [header: string]: string };
      /** `false` where a header carries the token: LibreChat takes a 401 without it for OAuth and lists no tools. */
      requiresOAuth?: boolean;
      customUserVars?: { [name: string]: { title: string; description: string; sensitive?: boolean } };
    }
) & {
  /** Milliseconds for a call. */
  timeout?: number;
  /** Milliseconds for the start, the first download of a package included. */
  initTimeout?: number;
  /** Gives the model the server's own instructions. */
  serverInstructions?: boolean;
};

/** What of a tool's definition LibreChat must know. */
export type ToolFacts = { readonly auth: "none" | { readonly env: string } };

/** How the tool's server is started: `npx -y @acme/tool`, or `node /srv/tool/bin.js`. */
export type ToolCommand = { readonly command: string; readonly args: readonly string[] };

/** Milliseconds that LibreChat waits: the tool's own limit, so that its sentence about a timeout arrives. */
const timeout = 60_000;

/** Milliseconds for the start: the first `npx` downloads the package, and LibreChat's own limit is 10 seconds. */
const initTimeout = 60_000;

/**
 * A tool as an entry of `mcpServers`: LibreChat starts its server and talks to it over stdio. Such a server sees only the
 * variables that are named here, and the key stays in LibreChat's environment.
 */
export function toMcpServer({ auth }: ToolFacts, { command, args }: ToolCommand): McpServer {
  return {
    type: "stdio",
    command,
    args: [...args],
    ...(auth !== "none" && { env: { [auth.env]: `\${${auth.env}}` } }),
    timeout,
    initTimeout,
    serverInstructions: true,
  };
}
