/** One entry of `mcpServers` in librechat.yaml. `type` is always written: an `http` URL without it is taken for SSE. */
export type McpServer =
  | { type: "stdio"; command: string; args: string[]; env?: { [name: string]: string }; timeout?: number }
  | {
      type: "streamable-http" | "sse";
      url: string;
      headers?: { [header: string]: string };
      timeout?: number;
      customUserVars?: { [name: string]: { title: string; description: string; sensitive?: boolean } };
    };
