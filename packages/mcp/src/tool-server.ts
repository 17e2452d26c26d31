/** A running MCP server. */
export type ToolServer = {
  /** Where clients connect; over HTTP only. */
  readonly url?: string;
  /** Settles when the server has ended: over stdio, when the client has closed its side. */
  readonly closed: Promise<void>;
  close(): Promise<void>;
};
