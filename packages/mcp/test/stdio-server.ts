import { serveTools } from "@llm-provider/mcp";
import { tools } from "./tools.ts";

const server = await serveTools(tools, { name: "test-server", version: "1.2.3", instructions: "Be kind." });
await server.closed;
