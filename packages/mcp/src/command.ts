/** The command line of a tool's own server. */
export { runToolServer, type BindOptions, type ToolServerFacts } from "./command/run-tool-server.ts";
export { addServerOptions, createToolProgram, readPort, runToolProgram } from "./command/tool-program.ts";
