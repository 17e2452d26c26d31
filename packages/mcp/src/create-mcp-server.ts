import type { Tool } from "@llm-provider/core";
import { errorSentence } from "@llm-provider/core/internal";
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import {
  CallToolRequestSchema,
  ErrorCode,
  ListToolsRequestSchema,
  McpError,
  type CallToolResult,
} from "@modelcontextprotocol/sdk/types.js";

/** What a server tells its clients about itself. */
export interface McpServerOptions {
  /** @default "llm-provider" */
  name?: string;
  /** @default "0.0.0" */
  version?: string;
  /**
   * How a model should use these tools; clients may show it to the model.
   * @default none
   */
  instructions?: string;
}

/** An MCP server for one client. */
export interface McpServer {
  /** The SDK's server. Connect it to one of the SDK's transports. It keeps one client's state, so each client needs its own. */
  readonly server: Server;
  /** Settles when the transport has closed. */
  readonly closed: Promise<void>;
  /** The number of running calls. */
  readonly running: number;
  /** Settles when no call is running and the transport has every answer. */
  idle(): Promise<void>;
}

/**
 * Wraps tools in the SDK's server, for a transport of your choice; `serveTools` includes stdio and HTTP. A failed tool returns a
 * sentence that the model can read, not a protocol error.
 * @throws TypeError if two tools have the same name.
 */
export function createMcpServer(tools: readonly Tool<never, unknown>[], options: McpServerOptions = {}): McpServer {
  const { name = "llm-provider", version = "0.0.0", instructions } = options;
  const names = tools.map((tool) => tool.spec.function.name);
  const twice = names.find((one, index) => names.indexOf(one) !== index);
  if (twice !== undefined) throw new TypeError(`Two tools are named ${twice}: a client could call only one of them.`);
  const byName = new Map(tools.map((tool) => [tool.spec.function.name, tool]));

  const calls = new Set<Promise<CallToolResult>>();
  // The SDK's high-level class takes zod schemas, but a tool already has its schema as JSON Schema.
  const server = new Server(
    { name, version },
    { capabilities: { tools: {} }, ...(instructions !== undefined && { instructions }) },
  );
  const closed = new Promise<void>((resolve) => {
    // oxlint-disable-next-line unicorn/prefer-add-event-listener -- the SDK's server is not an event target
    server.onclose = resolve;
  });
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: tools.map(({ spec }) => ({
      name: spec.function.name,
      description: spec.function.description,
      inputSchema: { ...spec.function.parameters, type: "object" as const },
    })),
  }));

  server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal }) => {
    const tool = byName.get(params.name);
    if (!tool) {
      const known = names.join(", ");
      throw new McpError(ErrorCode.InvalidParams, `There is no tool named ${params.name}. Choose one of: ${known}.`);
    }
    const call = answer(tool, params.arguments ?? {}, signal);
    calls.add(call);
    return call.finally(() => calls.delete(call));
  });

  return {
    server,
    closed,
    get running() {
      return calls.size;
    },
    async idle() {
      while (calls.size > 0) await Promise.allSettled(calls);
      // The SDK writes an answer a few microtasks after the handler returns it.
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

async function answer(tool: Tool<never, unknown>, input: object, signal: AbortSignal): Promise<CallToolResult> {
  try {
    return { content: [{ type: "text", text: await tool.call(JSON.stringify(input), { signal }) }] };
  } catch (error) {
    return { content: [{ type: "text", text: errorSentence(error) }], isError: true };
  }
}
