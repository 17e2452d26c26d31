import { isPrivateHost } from "@llm-provider/core/internal";

/** One entry of `mcpServers` in librechat.yaml. `type` is always written: an `http` URL without it is taken for SSE. */
export type McpServer = (
  | { type: "stdio"; command: string; args: string[]; env?: { [name: string]: string } }
  | {
      type: "streamable-http" | "sse";
      url: string;
      headers?: { [header: string]: string };
      /** `false` if a header carries the token: LibreChat treats a 401 without it as OAuth and lists no tools. */
      requiresOAuth?: boolean;
      customUserVars?: { [name: string]: { title: string; description: string; sensitive?: boolean } };
    }
) & {
  /** Milliseconds for a call. */
  timeout?: number;
  /** Milliseconds for the start, the first download of a package included. */
  initTimeout?: number;
  /** Passes the server's own instructions to the model. */
  serverInstructions?: boolean;
};

/** What of a tool LibreChat must know. */
export type ToolFacts = {
  readonly auth: "none" | { readonly env: string };
  /** Further variables that its server reads. LibreChat hands on an unset one as it is written, `${NAME}`. */
  readonly variables?: readonly string[];
};

/** The command that starts the tool's server: `npx -y @acme/tool`, or `node /srv/tool/bin.js`. */
export type ToolCommand = { readonly command: string; readonly args: readonly string[] };

/** Milliseconds that LibreChat waits: the tool's own limit, so that its sentence about a timeout arrives. */
const timeout = 60_000;

/** Milliseconds for the start: the first `npx` downloads the package, and LibreChat's own limit is 10 seconds. */
const initTimeout = 60_000;

/**
 * A tool as an entry of `mcpServers`: LibreChat starts its server and talks to it over stdio. Such a server sees only the
 * variables that are named here; the key stays in LibreChat's environment.
 */
export function toMcpServer({ auth, variables = [] }: ToolFacts, { command, args }: ToolCommand): McpServer {
  const names = [...(auth === "none" ? [] : [auth.env]), ...variables];
  return {
    type: "stdio",
    command,
    args: [...args],
    ...(names.length > 0 && { env: Object.fromEntries(names.map((name) => [name, `\${${name}}`])) }),
    timeout,
    initTimeout,
    serverInstructions: true,
  };
}

/**
 * A server that runs elsewhere as an entry of `mcpServers`. `tokenVariable` names the variable of LibreChat's with the token
 * that the server asks for.
 */
export function toRemoteMcpServer(url: string, tokenVariable?: string): McpServer {
  return {
    // Without a type LibreChat takes an http address for SSE, so it is always written.
    type: "streamable-http",
    url,
    ...(tokenVariable !== undefined && { headers: { Authorization: `Bearer \${${tokenVariable}}` } }),
    // LibreChat first asks without our header, takes the 401 for OAuth, and lists no tools (measured on v0.8.7).
    requiresOAuth: false,
    timeout,
    serverInstructions: true,
  };
}

/** The `host:port` that LibreChat must be told before it connects to a private network; undefined for a public host. */
export function privateAddress(url: URL): string | undefined {
  if (!isPrivateHost(url.hostname)) return undefined;
  return `${url.hostname}:${url.port || (/^(https|wss):/.test(url.protocol) ? 443 : 80)}`;
}

/** A part of a librechat.yaml. */
export type McpServersBlock = {
  mcpServers: { [name: string]: McpServer };
  /** Only for an address of a private network, which LibreChat does not reach otherwise. */
  mcpSettings?: { allowedAddresses: string[] };
};

/** One server under its name, and the address that LibreChat must be allowed for it. */
export function toMcpServersBlock(name: string, mcpServer: McpServer): McpServersBlock {
  const address = "url" in mcpServer ? privateAddress(new URL(mcpServer.url)) : undefined;
  return {
    mcpServers: { [name]: mcpServer },
    ...(address !== undefined && { mcpSettings: { allowedAddresses: [address] } }),
  };
}
