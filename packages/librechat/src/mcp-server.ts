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
