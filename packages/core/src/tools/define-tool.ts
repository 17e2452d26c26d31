import { createTool } from "./create-tool.ts";
import type { ToolDefinition, ToolFactory } from "./tool.ts";

/** Makes a tool's definition callable: `search()` is a running tool, `search.definition` the data. */
export function defineTool<Input, Output>(definition: ToolDefinition<Input, Output>): ToolFactory<Input, Output> {
  return Object.assign((options = {}) => createTool(definition, options), { definition });
}
