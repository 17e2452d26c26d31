import type { Tool } from "@llm-provider/core";
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import {
  CallToolRequestSchema,
  ErrorCode,
  ListToolsRequestSchema,
  McpError,
  type CallToolResult,
} from "@modelcontextprotocol/sdk/types.js";
import { errorSentence } from "./error-sentence.ts";

export type McpServer = {
  /** For one connection: the SDK's server keeps the state of one client. */
  readonly server: Server;
  /** Settles when no call is running. */
  idle(): Promise<void>;
};

/** The SDK's own server over tools. A tool that fails answers with a sentence that the model can read, not with a protocol error. */
export function createMcpServer(
  tools: readonly Tool<never, unknown>[],
  { name, version, instructions }: { name: string; version: string; instructions?: string },
  onClose: () => void,
): McpServer {
  const byName = new Map(tools.map((tool) => [tool.spec.function.name, tool]));
  const running = new Set<Promise<CallToolResult>>();
  // The high-level class wants zod schemas; a tool has printed its own as JSON Schema already.
  const server = new Server(
    { name, version },
    { capabilities: { tools: {} }, ...(instructions !== undefined && { instructions }) },
  );

  // oxlint-disable-next-line unicorn/prefer-add-event-listener -- the SDK's server is no event target
  server.onclose = onClose;
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
      const names = [...byName.keys()].join(", ");
      throw new McpError(ErrorCode.InvalidParams, `There is no tool named ${params.name}. There are: ${names}.`);
    }
    const call = answer(tool, params.arguments ?? {}, signal);
    running.add(call);
    return call.finally(() => running.delete(call));
  });

  return {
    server,
    async idle() {
      while (running.size > 0) await Promise.allSettled(running);
      // The SDK writes an answer a few microtasks after the handler has given it.
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
